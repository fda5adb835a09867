<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n layers · {0}</source>
        <translation>
            <numerusform>%n layer · {0}</numerusform>
            <numerusform>%n layers · {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Automatic: exactly the budget, now %n layers.</source>
        <translation>
            <numerusform>Automatic: exactly the budget, now %n layer.</numerusform>
            <numerusform>Automatic: exactly the budget, now %n layers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BudgetCard</name>
    <message numerus="yes">
        <source>%n layers removed</source>
        <translation>
            <numerusform>%n layer removed</numerusform>
            <numerusform>%n layers removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConvergenceCard</name>
    <message numerus="yes">
        <source>Nothing better for %n iterations. Stopping now keeps {0} without the layers {1}.</source>
        <translation>
            <numerusform>Nothing better for %n iteration. Stopping now keeps {0} without the layers {1}.</numerusform>
            <numerusform>Nothing better for %n iterations. Stopping now keeps {0} without the layers {1}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message numerus="yes">
        <source>%n layers do not fit and are fetched again and again: each iteration reads {0}, about {1}.</source>
        <translation>
            <numerusform>%n layer does not fit and is fetched again and again: each iteration reads {0}, about {1}.</numerusform>
            <numerusform>%n layers do not fit and are fetched again and again: each iteration reads {0}, about {1}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message numerus="yes">
        <source>{0}: %n layers, {1} parameters, {2} in {3}</source>
        <translation>
            <numerusform>{0}: %n layer, {1} parameters, {2} in {3}</numerusform>
            <numerusform>{0}: %n layers, {1} parameters, {2} in {3}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GeneratedText</name>
    <message numerus="yes">
        <source>{0} tokens</source>
        <translation>
            <numerusform>{0} token</numerusform>
            <numerusform>{0} tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LayerStrip</name>
    <message numerus="yes">
        <source>%n layers; protected: {0}; removed: {1}.</source>
        <translation>
            <numerusform>%n layer; protected: {0}; removed: {1}.</numerusform>
            <numerusform>%n layers; protected: {0}; removed: {1}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParetoFrontChart</name>
    <message numerus="yes">
        <source>%n layers removed, {0}</source>
        <translation>
            <numerusform>%n layer removed, {0}</numerusform>
            <numerusform>%n layers removed, {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchCard</name>
    <message numerus="yes">
        <source>At most %n candidates; repeated ones are not computed again.</source>
        <translation>
            <numerusform>At most %n candidate; repeated ones are not computed again.</numerusform>
            <numerusform>At most %n candidates; repeated ones are not computed again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextPreview</name>
    <message numerus="yes">
        <source>%n windows of {0} tokens</source>
        <translation>
            <numerusform>%n window of {0} tokens</numerusform>
            <numerusform>%n windows of {0} tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about {0} tokens</source>
        <translation>
            <numerusform>about {0} token</numerusform>
            <numerusform>about {0} tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} documents</source>
        <translation>
            <numerusform>{0} document</numerusform>
            <numerusform>{0} documents</numerusform>
        </translation>
    </message>
</context>
</TS>
