<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n layers · {0}</source>
        <translation>
            <numerusform>%n Schicht · {0}</numerusform>
            <numerusform>%n Schichten · {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;About LayerSwarm…</source>
        <translation>Ü&amp;ber LayerSwarm…</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Diagnostics…</source>
        <translation>&amp;Diagnose…</translation>
    </message>
    <message>
        <source>&amp;Discard run…</source>
        <translation>Lauf &amp;verwerfen…</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>&amp;Tastenkürzel…</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>&amp;Neues Projekt…</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>Projekt ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausieren</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Adapted layers</source>
        <translation>Angepasste Schichten</translation>
    </message>
    <message>
        <source>Adapter and optimiser</source>
        <translation>Adapter und Optimierer</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Analysis of each layer</source>
        <translation>Analyse jeder Schicht</translation>
    </message>
    <message>
        <source>Answers at once</source>
        <translation>Antworten auf einmal</translation>
    </message>
    <message>
        <source>Automatic: as each task defines it.</source>
        <translation>Automatisch: wie jede Aufgabe es festlegt.</translation>
    </message>
    <message>
        <source>Automatic: by the size of the model, now {0}.</source>
        <translation>Automatisch: nach der Größe des Modells, jetzt {0}.</translation>
    </message>
    <message>
        <source>Automatic: by the size of the model.</source>
        <translation>Automatisch: nach der Größe des Modells.</translation>
    </message>
    <message numerus="yes">
        <source>Automatic: exactly the budget, now %n layers.</source>
        <translation>
            <numerusform>Automatisch: genau das Budget, jetzt %n Schicht.</numerusform>
            <numerusform>Automatisch: genau das Budget, jetzt %n Schichten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Automatic: exactly the budget.</source>
        <translation>Automatisch: genau das Budget.</translation>
    </message>
    <message>
        <source>Automatic: no limit.</source>
        <translation>Automatisch: keine Grenze.</translation>
    </message>
    <message>
        <source>Avoid repeats</source>
        <translation>Wiederholungen vermeiden</translation>
    </message>
    <message>
        <source>Batch sizes</source>
        <translation>Stapelgrößen</translation>
    </message>
    <message>
        <source>Batches and memory</source>
        <translation>Stapel und Speicher</translation>
    </message>
    <message>
        <source>Calibration text</source>
        <translation>Kalibrierungstext</translation>
    </message>
    <message>
        <source>Cheapest single layers</source>
        <translation>Billigste Einzelschichten</translation>
    </message>
    <message>
        <source>Choose swaps by a model</source>
        <translation>Tausche nach einem Modell wählen</translation>
    </message>
    <message>
        <source>Coefficient a at first</source>
        <translation>Koeffizient a am Anfang</translation>
    </message>
    <message>
        <source>Cognitive pull (c1)</source>
        <translation>Kognitiver Zug (c1)</translation>
    </message>
    <message>
        <source>Compensated</source>
        <translation>Ausgeglichen</translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation>Ausgleich</translation>
    </message>
    <message>
        <source>Context of the cache</source>
        <translation>Kontext des Caches</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>Abfall</translation>
    </message>
    <message>
        <source>Default {0}.</source>
        <translation>Vorgabe: {0}.</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>Dicht</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Everything up to the last finished step is kept; Continue resumes from there.</source>
        <translation>Alles bis zum letzten abgeschlossenen Schritt bleibt erhalten; Fortsetzen macht dort weiter.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Fewest layers to remove</source>
        <translation>Mindestens zu entfernende Schichten</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Folder of further tasks</source>
        <translation>Ordner weiterer Aufgaben</translation>
    </message>
    <message>
        <source>Folding</source>
        <translation>Falten</translation>
    </message>
    <message>
        <source>G&amp;lossary</source>
        <translation>&amp;Glossar</translation>
    </message>
    <message>
        <source>Generated text</source>
        <translation>Erzeugter Text</translation>
    </message>
    <message>
        <source>Generated tokens</source>
        <translation>Erzeugte Token</translation>
    </message>
    <message>
        <source>Hidden states</source>
        <translation>Zwischenzustände</translation>
    </message>
    <message>
        <source>Inertia at first</source>
        <translation>Trägheit am Anfang</translation>
    </message>
    <message>
        <source>Inertia at last</source>
        <translation>Trägheit am Ende</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>It exited with code {0} and gave no reason.</source>
        <translation>Sie endete mit dem Code {0}, ohne einen Grund zu nennen.</translation>
    </message>
    <message>
        <source>It was stopped by signal {0}.</source>
        <translation>Sie wurde durch das Signal {0} beendet.</translation>
    </message>
    <message>
        <source>Kind of adapter</source>
        <translation>Art der Adapter</translation>
    </message>
    <message>
        <source>Layers that do not fit</source>
        <translation>Schichten, die nicht passen</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotheken</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>LoRA alpha</source>
        <translation>LoRA-Alpha</translation>
    </message>
    <message>
        <source>Longest context</source>
        <translation>Längster Kontext</translation>
    </message>
    <message>
        <source>Longest time</source>
        <translation>Längste Dauer</translation>
    </message>
    <message>
        <source>Lowest adapted layer</source>
        <translation>Unterste angepasste Schicht</translation>
    </message>
    <message>
        <source>Measuring and stopping</source>
        <translation>Messen und Beenden</translation>
    </message>
    <message>
        <source>Memory to use</source>
        <translation>Nutzbarer Speicher</translation>
    </message>
    <message>
        <source>Merging</source>
        <translation>Einarbeiten</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Most likely the memory ran out. Close other programs, or choose fewer or shorter calibration windows, a smaller number format or another device on the Plan page.</source>
        <translation>Wahrscheinlich reichte der Speicher nicht. Schließen Sie andere Programme, oder wählen Sie auf der Seite Plan weniger oder kürzere Kalibrierungsfenster, ein kleineres Zahlenformat oder ein anderes Gerät.</translation>
    </message>
    <message>
        <source>Most tokens</source>
        <translation>Höchstens Token</translation>
    </message>
    <message>
        <source>Neighbourhood</source>
        <translation>Nachbarschaft</translation>
    </message>
    <message>
        <source>No data yet.</source>
        <translation>Noch keine Daten.</translation>
    </message>
    <message>
        <source>No model is chosen yet; choose one on Model.</source>
        <translation>Noch ist kein Modell gewählt; wählen Sie eines auf der Seite Modell.</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Other devices</source>
        <translation>Weitere Geräte</translation>
    </message>
    <message>
        <source>Outputs of the teacher</source>
        <translation>Ausgaben des Lehrers</translation>
    </message>
    <message>
        <source>Overlap of windows</source>
        <translation>Überlappung der Fenster</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Perplexity on texts</source>
        <translation>Perplexität auf Texten</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Prompt lengths</source>
        <translation>Längen der Eingaben</translation>
    </message>
    <message>
        <source>Pruned</source>
        <translation>Beschnitten</translation>
    </message>
    <message>
        <source>Questions for finalists</source>
        <translation>Fragen für Finalisten</translation>
    </message>
    <message>
        <source>RAM for hidden states</source>
        <translation>RAM für Zwischenzustände</translation>
    </message>
    <message>
        <source>RAM for the teacher</source>
        <translation>RAM für den Lehrer</translation>
    </message>
    <message>
        <source>Racing</source>
        <translation>Wettlauf</translation>
    </message>
    <message>
        <source>Recompute activations</source>
        <translation>Aktivierungen neu berechnen</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation>Wiederherstellung</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Refinement</source>
        <translation>Verfeinerung</translation>
    </message>
    <message>
        <source>Refitted layers</source>
        <translation>Neu angepasste Schichten</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Ridge strengths</source>
        <translation>Ridge-Stärken</translation>
    </message>
    <message>
        <source>Same as the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Same as the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Save project &amp;as…</source>
        <translation>Projekt speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Scored positions</source>
        <translation>Bewertete Positionen</translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Several numbers of layers</source>
        <translation>Mehrere Schichtzahlen</translation>
    </message>
    <message>
        <source>Share of refining swaps</source>
        <translation>Anteil verfeinernder Tausche</translation>
    </message>
    <message>
        <source>Share of windows for all</source>
        <translation>Anteil der Fenster für alle</translation>
    </message>
    <message>
        <source>Share that is promoted</source>
        <translation>Anteil, der aufsteigt</translation>
    </message>
    <message>
        <source>Social pull (c2)</source>
        <translation>Sozialer Zug (c2)</translation>
    </message>
    <message>
        <source>Speed and memory</source>
        <translation>Tempo und Speicher</translation>
    </message>
    <message>
        <source>Spiral probability (p)</source>
        <translation>Wahrscheinlichkeit der Spirale (p)</translation>
    </message>
    <message>
        <source>Spiral shape (b)</source>
        <translation>Form der Spirale (b)</translation>
    </message>
    <message>
        <source>Split of the data set</source>
        <translation>Teil des Datensatzes</translation>
    </message>
    <message>
        <source>Start from a grown set</source>
        <translation>Mit gewachsener Menge beginnen</translation>
    </message>
    <message>
        <source>Start from the analysis</source>
        <translation>Mit der Analyse beginnen</translation>
    </message>
    <message>
        <source>Starting sets</source>
        <translation>Startmengen</translation>
    </message>
    <message>
        <source>Steps between measurements</source>
        <translation>Schritte zwischen Messungen</translation>
    </message>
    <message>
        <source>Stop and &amp;keep best…</source>
        <translation>Anhalten und Bestes &amp;behalten…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Task as fitness</source>
        <translation>Aufgabe als Fitness</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Tasks and texts</source>
        <translation>Aufgaben und Texte</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>The budget removes no layer: the model is already that small. Ask for more.</source>
        <translation>Das Budget entfernt keine Schicht: So klein ist das Modell schon. Verlangen Sie mehr.</translation>
    </message>
    <message>
        <source>The engine could not be started ({0}). Install LayerSwarm again.</source>
        <translation>Die Engine konnte nicht gestartet werden ({0}). Installieren Sie LayerSwarm neu.</translation>
    </message>
    <message>
        <source>The engine could not finish this job</source>
        <translation>Die Engine konnte diese Arbeit nicht abschließen</translation>
    </message>
    <message>
        <source>The engine did not respond and was killed.</source>
        <translation>Die Engine antwortete nicht und wurde zwangsweise beendet.</translation>
    </message>
    <message>
        <source>The engine did not start</source>
        <translation>Die Engine ist nicht gestartet</translation>
    </message>
    <message>
        <source>The engine exited unexpectedly</source>
        <translation>Die Engine wurde unerwartet beendet</translation>
    </message>
    <message>
        <source>The engine gave no reason.</source>
        <translation>Die Engine hat keinen Grund genannt.</translation>
    </message>
    <message>
        <source>The engine was interrupted from outside.</source>
        <translation>Die Engine wurde von außen unterbrochen.</translation>
    </message>
    <message>
        <source>The engine was terminated before it finished.</source>
        <translation>Die Engine wurde beendet, bevor sie fertig war.</translation>
    </message>
    <message>
        <source>The journal {0} cannot be read: {1}.</source>
        <translation>Das Journal {0} kann nicht gelesen werden: {1}.</translation>
    </message>
    <message>
        <source>The project cannot be read or written: {0}.</source>
        <translation>Das Projekt kann nicht gelesen oder geschrieben werden: {0}.</translation>
    </message>
    <message>
        <source>The search is to optimise a task, but none is named; name one, or choose another fitness.</source>
        <translation>Die Suche soll eine Aufgabe optimieren, aber keine ist genannt; nennen Sie eine, oder wählen Sie eine andere Fitness.</translation>
    </message>
    <message>
        <source>The smallest number of layers to remove is {0}, but the budget removes at most {1}.</source>
        <translation>Mindestens {0} Schichten sollen entfernt werden, aber das Budget entfernt höchstens {1}.</translation>
    </message>
    <message>
        <source>The system ended the engine</source>
        <translation>Das System hat die Engine beendet</translation>
    </message>
    <message>
        <source>The task {0} reads local data, but no folder with the data is named on Plan.</source>
        <translation>Die Aufgabe {0} liest lokale Daten, aber unter Plan ist kein Ordner mit den Daten genannt.</translation>
    </message>
    <message>
        <source>There is no folder {0}; choose another one for the tasks of the evaluation.</source>
        <translation>Es gibt keinen Ordner {0}; wählen Sie einen anderen für die Aufgaben der Auswertung.</translation>
    </message>
    <message>
        <source>There is no text file {0}; choose another one, or put it there.</source>
        <translation>Es gibt keine Textdatei {0}; wählen Sie eine andere, oder legen Sie sie dort ab.</translation>
    </message>
    <message>
        <source>This cannot be used</source>
        <translation>Das ist nicht verwendbar</translation>
    </message>
    <message>
        <source>Tokens after a prompt</source>
        <translation>Token nach einer Eingabe</translation>
    </message>
    <message>
        <source>Tokens of an answer</source>
        <translation>Token einer Antwort</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>Train in 4 bits (QLoRA)</source>
        <translation>In 4 Bit trainieren (QLoRA)</translation>
    </message>
    <message>
        <source>Train the LM head</source>
        <translation>LM-Kopf trainieren</translation>
    </message>
    <message>
        <source>Train the norms</source>
        <translation>Normen trainieren</translation>
    </message>
    <message>
        <source>Training pass</source>
        <translation>Trainingsdurchgang</translation>
    </message>
    <message>
        <source>Try the &amp;demo…</source>
        <translation>Die &amp;Demo ausprobieren…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Use the chat template</source>
        <translation>Chat-Vorlage anwenden</translation>
    </message>
    <message>
        <source>User &amp;guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>Validation windows</source>
        <translation>Validierungsfenster</translation>
    </message>
    <message>
        <source>Velocity limit</source>
        <translation>Höchste Geschwindigkeit</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Warm-up share</source>
        <translation>Anteil des Aufwärmens</translation>
    </message>
    <message>
        <source>Weight of cross-entropy</source>
        <translation>Gewicht der Kreuzentropie</translation>
    </message>
    <message>
        <source>Weight of quality</source>
        <translation>Gewicht der Qualität</translation>
    </message>
    <message>
        <source>Weight of size</source>
        <translation>Gewicht der Größe</translation>
    </message>
    <message>
        <source>Weight of the seams</source>
        <translation>Gewicht der Nahtstellen</translation>
    </message>
    <message>
        <source>Weight of time</source>
        <translation>Gewicht der Zeit</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights in training</source>
        <translation>Gewichte im Training</translation>
    </message>
    <message>
        <source>Widest layer to fit</source>
        <translation>Breiteste angepasste Schicht</translation>
    </message>
    <message>
        <source>Windows at once</source>
        <translation>Fenster auf einmal</translation>
    </message>
    <message>
        <source>Windows for comparing</source>
        <translation>Fenster zum Vergleichen</translation>
    </message>
    <message>
        <source>Windows per step</source>
        <translation>Fenster je Schritt</translation>
    </message>
    <message>
        <source>Work &amp;offline</source>
        <translation>&amp;Offline arbeiten</translation>
    </message>
    <message>
        <source>Work in 4 bits</source>
        <translation>In 4 Bit arbeiten</translation>
    </message>
    <message>
        <source>Working space</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>a check failed</source>
        <translation>eine Prüfung ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>about {0}, {1} of {2}</source>
        <translation>etwa {0}, {1} von {2}</translation>
    </message>
    <message>
        <source>analysing layers</source>
        <translation>Schichten werden analysiert</translation>
    </message>
    <message>
        <source>budget out of reach</source>
        <translation>Budget unerreichbar</translation>
    </message>
    <message>
        <source>cannot be started</source>
        <translation>kann nicht starten</translation>
    </message>
    <message>
        <source>choose one</source>
        <translation>bitte wählen</translation>
    </message>
    <message>
        <source>did not help</source>
        <translation>hat nicht geholfen</translation>
    </message>
    <message>
        <source>helped</source>
        <translation>hat geholfen</translation>
    </message>
    <message>
        <source>iteration {0} of {1}</source>
        <translation>Iteration {0} von {1}</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>kein Speicher</translation>
    </message>
    <message>
        <source>perplexity {0}</source>
        <translation>Perplexität {0}</translation>
    </message>
    <message>
        <source>step {0} of {1}</source>
        <translation>Schritt {0} von {1}</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>without training</source>
        <translation>ohne Training</translation>
    </message>
    <message>
        <source>written</source>
        <translation>geschrieben</translation>
    </message>
    <message>
        <source>{0} is not installed; install its package, or choose another algorithm.</source>
        <translation>{0} ist nicht installiert; installieren Sie das Paket dazu, oder wählen Sie einen anderen Algorithmus.</translation>
    </message>
    <message>
        <source>{0} measured</source>
        <translation>{0} gemessen</translation>
    </message>
    <message>
        <source>{0} removed · {1}</source>
        <translation>{0} entfernt · {1}</translation>
    </message>
    <message>
        <source>{0}: {1} is not a whole number. Enter one from {2} to {3}.</source>
        <translation>{0}: {1} ist keine ganze Zahl. Geben Sie eine von {2} bis {3} ein.</translation>
    </message>
    <message>
        <source>{0}: {1} is out of reach. Enter a number from {2} to {3}.</source>
        <translation>{0}: {1} liegt außerhalb. Geben Sie eine Zahl von {2} bis {3} ein.</translation>
    </message>
    <message>
        <source>{0}: {1} values, from {2} at {3} to {4} at {5}, lowest {6}, highest {7}.</source>
        <translation>{0}: {1} Werte, von {2} bei {3} bis {4} bei {5}, kleinster {6}, größter {7}.</translation>
    </message>
    <message>
        <source>{0}: “{1}” is not a number. Enter one from {2} to {3}.</source>
        <translation>{0}: „{1}“ ist keine Zahl. Geben Sie eine von {2} bis {3} ein.</translation>
    </message>
</context>
<context>
    <name>AboutDialog</name>
    <message>
        <source>About LayerSwarm</source>
        <translation>Über LayerSwarm</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Diagnostics…</source>
        <translation>Diagnose…</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>Freie Software unter der Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>Shrinks language models by removing the layers they can do without.</source>
        <translation>Verkleinert Sprachmodelle, indem es entbehrliche Schichten entfernt.</translation>
    </message>
    <message>
        <source>Version {0}</source>
        <translation>Version {0}</translation>
    </message>
</context>
<context>
    <name>AccessPanel</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Hub token</source>
        <translation>Hub-Token</translation>
    </message>
    <message>
        <source>Its owners have not approved your request yet or have declined it, or the token cannot read gated models. See its Hub page, or enter another token here.</source>
        <translation>Die Eigentümer haben Ihre Anfrage noch nicht bewilligt oder abgelehnt, oder das Token darf keine geschützten Modelle lesen. Näheres steht auf der Hub-Seite; hier können Sie ein anderes Token eingeben.</translation>
    </message>
    <message>
        <source>Message from the Hub: {0}</source>
        <translation>Meldung des Hubs: {0}</translation>
    </message>
    <message>
        <source>Open its Hub page</source>
        <translation>Hub-Seite öffnen</translation>
    </message>
    <message>
        <source>Open its Hub page with the account that owns the token, accept the terms there, then try again.</source>
        <translation>Öffnen Sie die Hub-Seite mit dem Konto, zu dem das Token gehört, nehmen Sie dort die Bedingungen an und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Save the token and try again</source>
        <translation>Token speichern und erneut versuchen</translation>
    </message>
    <message>
        <source>Saved in the system keyring. Create tokens in your Hub account.</source>
        <translation>Wird im Schlüsselbund des Systems gespeichert. Token erstellen Sie in Ihrem Hub-Konto.</translation>
    </message>
    <message>
        <source>The model is gated and the Hub does not know who is asking. Create a token in your Hub account and enter it here.</source>
        <translation>Das Modell ist geschützt, und der Hub weiß nicht, wer anfragt. Erstellen Sie in Ihrem Hub-Konto ein Token und geben Sie es hier ein.</translation>
    </message>
    <message>
        <source>The terms of {0} are not accepted yet</source>
        <translation>Die Bedingungen von {0} sind noch nicht angenommen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Your account has no access to {0}</source>
        <translation>Ihr Konto hat keinen Zugang zu {0}</translation>
    </message>
    <message>
        <source>hf_…</source>
        <translation>hf_…</translation>
    </message>
    <message>
        <source>{0} needs a Hub token</source>
        <translation>{0} braucht ein Hub-Token</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>Analysing layers</source>
        <translation>Schichten werden analysiert</translation>
    </message>
    <message>
        <source>Compensating</source>
        <translation>Ausgleichen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Estimating…</source>
        <translation>Wird geschätzt…</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>Auswertung läuft</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Export läuft</translation>
    </message>
    <message>
        <source>No internet connection is opened (View &gt; Work offline).</source>
        <translation>Es wird keine Internetverbindung geöffnet (Ansicht &gt; Offline arbeiten).</translation>
    </message>
    <message>
        <source>Nothing has been run yet.</source>
        <translation>Bisher ist noch nichts gelaufen.</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Preparing calibration text</source>
        <translation>Kalibrierungstext wird vorbereitet</translation>
    </message>
    <message>
        <source>Preparing the model</source>
        <translation>Modell wird vorbereitet</translation>
    </message>
    <message>
        <source>Recovering</source>
        <translation>Wiederherstellung läuft</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Suche läuft</translation>
    </message>
    <message>
        <source>Stage progress</source>
        <translation>Fortschritt dieses Abschnitts</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Starting the engine</source>
        <translation>Engine wird gestartet</translation>
    </message>
    <message>
        <source>Stop and keep best</source>
        <translation>Anhalten, Bestes behalten</translation>
    </message>
    <message>
        <source>Stopping at the next safe point…</source>
        <translation>Wird an der nächsten sicheren Stelle angehalten…</translation>
    </message>
    <message>
        <source>The engine is not responding. It may recover; Pause ends it and keeps what is finished.</source>
        <translation>Die Engine reagiert nicht. Vielleicht erholt sie sich; Pausieren beendet sie und behält, was fertig ist.</translation>
    </message>
    <message>
        <source>The engine is not responding. It may recover; Stop ends it.</source>
        <translation>Die Engine reagiert nicht. Vielleicht erholt sie sich; Anhalten beendet sie.</translation>
    </message>
    <message>
        <source>The run is complete.</source>
        <translation>Der Lauf ist abgeschlossen.</translation>
    </message>
    <message>
        <source>The run {0} is not complete.</source>
        <translation>Der Lauf {0} ist nicht abgeschlossen.</translation>
    </message>
    <message>
        <source>Training did not fit into memory. Continue to try it again.</source>
        <translation>Das Training passte nicht in den Speicher. Mit „Fortsetzen“ wird es erneut versucht.</translation>
    </message>
    <message>
        <source>about {0} left in this stage</source>
        <translation>in diesem Abschnitt noch etwa {0}</translation>
    </message>
    <message>
        <source>about {0} left of the whole run</source>
        <translation>noch etwa {0} für den ganzen Lauf</translation>
    </message>
    <message>
        <source>{0} elapsed</source>
        <translation>{0} vergangen</translation>
    </message>
</context>
<context>
    <name>BudgetCard</name>
    <message numerus="yes">
        <source>%n layers removed</source>
        <translation>
            <numerusform>%n Schicht entfernt</numerusform>
            <numerusform>%n Schichten entfernt</numerusform>
        </translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Change budget</source>
        <translation>Budget ändern</translation>
    </message>
    <message>
        <source>Change protected layers</source>
        <translation>Geschützte Schichten ändern</translation>
    </message>
    <message>
        <source>Click a layer to protect or unprotect it, or use the arrow keys and the space bar.</source>
        <translation>Ein Klick schützt eine Schicht oder hebt den Schutz auf; Pfeiltasten und Leertaste tun dasselbe.</translation>
    </message>
    <message>
        <source>Decoding a token reads all weights once, so its time is taken as proportional to the remaining bytes.</source>
        <translation>Für jedes Token werden alle Gewichte einmal gelesen; seine Zeit gilt daher als proportional zu den übrigen Bytes.</translation>
    </message>
    <message>
        <source>Estimated decode</source>
        <translation>Geschätztes Tempo</translation>
    </message>
    <message>
        <source>Faster decoding</source>
        <translation>Schnelleres Dekodieren</translation>
    </message>
    <message>
        <source>How small the model must become. Set any one of these; the others follow.</source>
        <translation>Wie klein das Modell werden muss. Geben Sie einen Wert vor; die anderen folgen.</translation>
    </message>
    <message>
        <source>Layers to remove</source>
        <translation>Zu entfernende Schichten</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Protect the first {0} and last {1}</source>
        <translation>Die ersten {0} und letzten {1} schützen</translation>
    </message>
    <message>
        <source>Protected layers</source>
        <translation>Geschützte Schichten</translation>
    </message>
    <message>
        <source>Remaining layers</source>
        <translation>Schichten übrig</translation>
    </message>
    <message>
        <source>Resulting size</source>
        <translation>Größe des Ergebnisses</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Smaller by</source>
        <translation>Kleiner um</translation>
    </message>
    <message>
        <source>The effect is shown once the model has been inspected.</source>
        <translation>Die Wirkung wird angezeigt, sobald das Modell untersucht ist.</translation>
    </message>
    <message>
        <source>The fuller a cell, the more the model needs this layer (KL when it alone is removed, from the latest analysis). Click a layer to protect or unprotect it, or use the arrow keys and the space bar.</source>
        <translation>Je voller eine Zelle, desto wichtiger ist diese Schicht für das Modell (KL, wenn nur sie entfernt ist, laut letzter Analyse). Ein Klick schützt sie oder hebt den Schutz auf; Pfeiltasten und Leertaste tun dasselbe.</translation>
    </message>
    <message>
        <source>at least (estimated)</source>
        <translation>mindestens (geschätzt)</translation>
    </message>
    <message>
        <source>at least (on disk)</source>
        <translation>mindestens (auf der Platte)</translation>
    </message>
    <message>
        <source>at most (on disk)</source>
        <translation>höchstens (auf der Platte)</translation>
    </message>
    <message>
        <source>exactly</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>von {0}</translation>
    </message>
    <message>
        <source>{0} protected, {1} may be removed</source>
        <translation>{0} geschützt, {1} dürfen entfernt werden</translation>
    </message>
</context>
<context>
    <name>CalibrationCard</name>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Candidates are scored on these texts; results are reported on held-out ones.</source>
        <translation>Kandidaten werden auf diesen Texten bewertet, Ergebnisse auf zurückgehaltenen angegeben.</translation>
    </message>
    <message>
        <source>Change calibration</source>
        <translation>Kalibrierung ändern</translation>
    </message>
    <message>
        <source>Held-out windows</source>
        <translation>Zurückgehaltene Fenster</translation>
    </message>
    <message>
        <source>More of calibration</source>
        <translation>Mehr zur Kalibrierung</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Window length</source>
        <translation>Fensterlänge</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>Fenster</translation>
    </message>
</context>
<context>
    <name>CandidateModel</name>
    <message>
        <source>Candidate</source>
        <translation>Kandidat</translation>
    </message>
    <message>
        <source>Fitness</source>
        <translation>Fitness</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Removal set</source>
        <translation>Entfernungsmenge</translation>
    </message>
    <message>
        <source>Removes</source>
        <translation>Entfernt</translation>
    </message>
</context>
<context>
    <name>CandidateTable</name>
    <message>
        <source>Candidates of this iteration</source>
        <translation>Kandidaten dieser Iteration</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Left and Right read out values, Shift with the arrow keys pans, plus and minus zoom, Home follows the data, and the Menu key opens the menu for saving.</source>
        <translation>Links und Rechts lesen Werte vor, Umschalt mit den Pfeiltasten verschiebt, Plus und Minus vergrößern und verkleinern, Pos1 folgt den Daten, und die Menütaste öffnet das Menü zum Speichern.</translation>
    </message>
</context>
<context>
    <name>ChartMenu</name>
    <message>
        <source>Chart</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Copy values</source>
        <translation>Werte kopieren</translation>
    </message>
    <message>
        <source>Drawings (*.svg)</source>
        <translation>Zeichnungen (*.svg)</translation>
    </message>
    <message>
        <source>Follow the data again</source>
        <translation>Den Daten wieder folgen</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>Als PNG speichern…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>Als SVG speichern…</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>The chart cannot be written to {0}: {1}.</source>
        <translation>Das Diagramm kann nicht nach {0} geschrieben werden: {1}.</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>Checking the written folder…</source>
        <translation>Der geschriebene Ordner wird geprüft…</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
    </message>
</context>
<context>
    <name>CodeTrust</name>
    <message>
        <source>Nothing was started: {0} may not run code.</source>
        <translation>Es wurde nichts gestartet: {0} darf keinen Code ausführen.</translation>
    </message>
</context>
<context>
    <name>CompensationCard</name>
    <message>
        <source>Change compensation</source>
        <translation>Ausgleich ändern</translation>
    </message>
    <message>
        <source>Compensate removed layers</source>
        <translation>Entfernte Schichten ausgleichen</translation>
    </message>
    <message>
        <source>Compensation</source>
        <translation>Ausgleich</translation>
    </message>
    <message>
        <source>Folds what the removed layers did into the layers beside them: seconds instead of training.</source>
        <translation>Rechnet die Wirkung der entfernten Schichten in die Schichten daneben ein: Sekunden statt Training.</translation>
    </message>
    <message>
        <source>More of compensation</source>
        <translation>Mehr zum Ausgleich</translation>
    </message>
    <message>
        <source>Sets to compare folded</source>
        <translation>Ausgeglichen verglichene Mengen</translation>
    </message>
    <message>
        <source>Toggle compensation</source>
        <translation>Ausgleich ein- oder ausschalten</translation>
    </message>
    <message>
        <source>Windows to fit on</source>
        <translation>Fenster zum Anpassen</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ConvergenceCard</name>
    <message>
        <source>Compare with baselines</source>
        <translation>Mit anderen Verfahren vergleichen</translation>
    </message>
    <message>
        <source>Convergence</source>
        <translation>Konvergenz</translation>
    </message>
    <message>
        <source>Horizontal axis of the convergence chart</source>
        <translation>Waagrechte Achse des Konvergenzdiagramms</translation>
    </message>
    <message>
        <source>Measured {0}, as the best of the search is.</source>
        <translation>Gemessen {0}, wie der beste Wert der Suche.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing better for %n iterations. Stopping now keeps {0} without the layers {1}.</source>
        <translation>
            <numerusform>Seit %n Iteration nichts Besseres. Jetzt anzuhalten behält {0} ohne die Schichten {1}.</numerusform>
            <numerusform>Seit %n Iterationen nichts Besseres. Jetzt anzuhalten behält {0} ohne die Schichten {1}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Search with greedy removal, evolution and random sets too, on the same windows, one after the other.</source>
        <translation>Auch mit gierigem Entfernen, Evolution und Zufall suchen, auf denselben Fenstern, eines nach dem anderen.</translation>
    </message>
    <message>
        <source>Sets of fewer layers, which always score better, so that they do not compare with the answer.</source>
        <translation>Mengen mit weniger Schichten. Sie schneiden immer besser ab und sind deshalb mit der Antwort nicht vergleichbar.</translation>
    </message>
    <message>
        <source>The lowest score so far.</source>
        <translation>Der niedrigste Wert bisher.</translation>
    </message>
    <message>
        <source>The mean score of an iteration&apos;s candidates. It does not compare with the best of other windows.</source>
        <translation>Der mittlere Wert der Kandidaten einer Iteration. Mit dem besten auf anderen Fenstern ist er nicht vergleichbar.</translation>
    </message>
    <message>
        <source>The middle half of an iteration&apos;s candidates has scores in this band.</source>
        <translation>In diesem Band liegen die Werte der mittleren Hälfte der Kandidaten einer Iteration.</translation>
    </message>
    <message>
        <source>best of fewer layers</source>
        <translation>beste mit weniger Schichten</translation>
    </message>
    <message>
        <source>best {0}</source>
        <translation>bester {0}</translation>
    </message>
    <message>
        <source>mean {0}</source>
        <translation>Mittel {0}</translation>
    </message>
    <message>
        <source>over candidates computed</source>
        <translation>über berechnete Kandidaten</translation>
    </message>
    <message>
        <source>over iterations</source>
        <translation>über Iterationen</translation>
    </message>
    <message>
        <source>over text processed</source>
        <translation>über den verarbeiteten Text</translation>
    </message>
    <message>
        <source>over time</source>
        <translation>über die Zeit</translation>
    </message>
    <message>
        <source>typical range</source>
        <translation>üblicher Bereich</translation>
    </message>
</context>
<context>
    <name>ConvergenceChart</name>
    <message>
        <source>Convergence</source>
        <translation>Konvergenz</translation>
    </message>
    <message>
        <source>best of fewer layers</source>
        <translation>beste mit weniger Schichten</translation>
    </message>
    <message>
        <source>best {0}</source>
        <translation>bester {0}</translation>
    </message>
    <message>
        <source>candidates computed</source>
        <translation>berechnete Kandidaten</translation>
    </message>
    <message>
        <source>fitness</source>
        <translation>Fitness</translation>
    </message>
    <message>
        <source>iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>lower quartile {0}</source>
        <translation>unteres Quartil {0}</translation>
    </message>
    <message>
        <source>mean {0}</source>
        <translation>Mittel {0}</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>tokens of a whole pass</source>
        <translation>Token eines ganzen Durchlaufs</translation>
    </message>
    <message>
        <source>upper quartile {0}</source>
        <translation>oberes Quartil {0}</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Last output of the engine</source>
        <translation>Letzte Ausgaben der Engine</translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message numerus="yes">
        <source>%n layers do not fit and are fetched again and again: each iteration reads {0}, about {1}.</source>
        <translation>
            <numerusform>%n Schicht passt nicht hinein und wird immer wieder geholt: Jeder Durchgang liest {0}, etwa {1}.</numerusform>
            <numerusform>%n Schichten passen nicht hinein und werden immer wieder geholt: Jeder Durchgang liest {0}, etwa {1}.</numerusform>
        </translation>
    </message>
    <message>
        <source>(Made before the latest change to the plan.)</source>
        <translation>(Vor der letzten Änderung des Plans.)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Change device</source>
        <translation>Gerät ändern</translation>
    </message>
    <message>
        <source>Choose device</source>
        <translation>Gerät wählen</translation>
    </message>
    <message>
        <source>Choose number format</source>
        <translation>Zahlenformat wählen</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Device and memory</source>
        <translation>Gerät und Speicher</translation>
    </message>
    <message>
        <source>Does not fit on {0}: needs {1}, {2} free. Choose a smaller format or fewer windows.</source>
        <translation>Passt nicht auf {0}: braucht {1}, {2} frei. Wählen Sie ein kleineres Format oder weniger Fenster.</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Schätzen</translation>
    </message>
    <message>
        <source>Estimating…</source>
        <translation>Wird geschätzt…</translation>
    </message>
    <message>
        <source>Fits on {0}, but the disk is too full: needs {1}, {2} free.</source>
        <translation>Passt auf {0}, aber die Platte ist zu voll: braucht {1}, {2} frei.</translation>
    </message>
    <message>
        <source>Fits on {0}: needs {1} of memory, {2} free.</source>
        <translation>Passt auf {0}: braucht {1} Speicher, {2} frei.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>More of the device</source>
        <translation>Mehr zum Gerät</translation>
    </message>
    <message>
        <source>Not estimated yet.</source>
        <translation>Noch nicht geschätzt.</translation>
    </message>
    <message>
        <source>Number format</source>
        <translation>Zahlenformat</translation>
    </message>
    <message>
        <source>Tight on {0}: needs {1} of memory, {2} free. Close other programs before you start.</source>
        <translation>Knapp auf {0}: braucht {1} Speicher, {2} frei. Schließen Sie vor dem Start andere Programme.</translation>
    </message>
    <message>
        <source>Time (rough)</source>
        <translation>Zeit (grob)</translation>
    </message>
    <message>
        <source>{0} · {1} of {2} free</source>
        <translation>{0} · {1} von {2} frei</translation>
    </message>
</context>
<context>
    <name>DownloadStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Delete the downloaded data.</source>
        <translation>Heruntergeladene Daten löschen.</translation>
    </message>
    <message>
        <source>Download failed: {0}</source>
        <translation>Download fehlgeschlagen: {0}</translation>
    </message>
    <message>
        <source>Download progress</source>
        <translation>Fortschritt des Downloads</translation>
    </message>
    <message>
        <source>Downloading {0}</source>
        <translation>{0} wird heruntergeladen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Paused: {0}. Downloaded data are kept.</source>
        <translation>Pausiert: {0}. Schon heruntergeladene Daten bleiben erhalten.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>about {0} left</source>
        <translation>noch etwa {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>EdgeCard</name>
    <message>
        <source>Dense</source>
        <translation>Dicht</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Fit on small devices</source>
        <translation>Passt es auf kleine Geräte?</translation>
    </message>
    <message>
        <source>In {0} with {1} tokens of context. Speeds are estimated from memory bandwidth.</source>
        <translation>In {0} mit {1} Token Kontext. Das Tempo ist aus der Speicherbandbreite geschätzt.</translation>
    </message>
    <message>
        <source>Pruned</source>
        <translation>Beschnitten</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>Nutzbar</translation>
    </message>
    <message>
        <source>{0} → {1} tokens/s</source>
        <translation>{0} → {1} Token/s</translation>
    </message>
</context>
<context>
    <name>EvaluationCard</name>
    <message>
        <source>Beginning of a text</source>
        <translation>Anfang eines Textes</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Change evaluation</source>
        <translation>Auswertung ändern</translation>
    </message>
    <message>
        <source>Choose the folder of local data…</source>
        <translation>Ordner lokaler Daten wählen…</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Folder of local data</source>
        <translation>Ordner lokaler Daten</translation>
    </message>
    <message>
        <source>Local data</source>
        <translation>Lokale Daten</translation>
    </message>
    <message>
        <source>More of the evaluation</source>
        <translation>Mehr zur Auswertung</translation>
    </message>
    <message>
        <source>Path of a text file</source>
        <translation>Pfad einer Textdatei</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Eingaben</translation>
    </message>
    <message>
        <source>Questions per task</source>
        <translation>Fragen je Aufgabe</translation>
    </message>
    <message>
        <source>Solved examples</source>
        <translation>Gelöste Beispiele</translation>
    </message>
    <message>
        <source>Tasks of lm-eval</source>
        <translation>Aufgaben von lm-eval</translation>
    </message>
    <message>
        <source>Text file</source>
        <translation>Textdatei</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Texts (*.txt *.md *.jsonl *.json *.parquet *.csv *.tsv *.gz *.zst);;All files (*)</source>
        <translation>Texte (*.txt *.md *.jsonl *.json *.parquet *.csv *.tsv *.gz *.zst);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The engine is listing the tasks…</source>
        <translation>Die Engine listet die Aufgaben auf…</translation>
    </message>
    <message>
        <source>There is no task “{0}”.</source>
        <translation>Es gibt keine Aufgabe „{0}“.</translation>
    </message>
    <message>
        <source>There is no task “{0}”; did you mean {1}?</source>
        <translation>Es gibt keine Aufgabe „{0}“; meinten Sie {1}?</translation>
    </message>
    <message>
        <source>Timed repeats</source>
        <translation>Zeitmessungen</translation>
    </message>
    <message>
        <source>Type a part of a name: {0} tasks are known. Those that begin with local_ read local data.</source>
        <translation>Tippen Sie einen Teil eines Namens: {0} Aufgaben sind bekannt. Solche, die mit local_ beginnen, lesen lokale Daten.</translation>
    </message>
    <message>
        <source>What is measured of the dense and the smaller models, beside speed, memory and held-out text.</source>
        <translation>Was am dichten und an den kleineren Modellen gemessen wird, neben Tempo, Speicher und zurückgehaltenem Text.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>for the local_ tasks</source>
        <translation>für die Aufgaben local_…</translation>
    </message>
    <message>
        <source>such as hellaswag</source>
        <translation>etwa hellaswag</translation>
    </message>
</context>
<context>
    <name>ExportChoice</name>
    <message>
        <source>A new or empty folder. Relative paths begin at the project.</source>
        <translation>Ein neuer oder leerer Ordner. Relative Pfade beginnen beim Projekt.</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Compensated</source>
        <translation>Ausgeglichen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder of the export</source>
        <translation>Ordner des Exports</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model, format and folder</source>
        <translation>Modell, Format und Ordner</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Pruned only</source>
        <translation>Nur beschnitten</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>This format cannot be written on this computer.</source>
        <translation>Dieses Format kann auf diesem Computer nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>{0} bits per weight</source>
        <translation>{0} Bit je Gewicht</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Each export is reloaded in its target runtime and verified before it counts as finished.</source>
        <translation>Jeder Export wird in seiner Zielumgebung neu geladen und geprüft, bevor er als fertig gilt.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>Er ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Nothing to export yet</source>
        <translation>Noch nichts zu exportieren</translation>
    </message>
    <message>
        <source>Once the search has found a removal set, you can export the smaller model here.</source>
        <translation>Sobald die Suche eine Entfernungsmenge gefunden hat, können Sie hier das kleinere Modell exportieren.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>The latest export was not finished; nothing of it was kept.</source>
        <translation>Der letzte Export wurde nicht fertig; nichts davon wurde behalten.</translation>
    </message>
    <message>
        <source>There is no folder {0} any more.</source>
        <translation>Den Ordner {0} gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Wird geschrieben…</translation>
    </message>
    <message numerus="yes">
        <source>{0}: %n layers, {1} parameters, {2} in {3}</source>
        <translation>
            <numerusform>{0}: %n Schicht, {1} Parameter, {2} in {3}</numerusform>
            <numerusform>{0}: %n Schichten, {1} Parameter, {2} in {3}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FollowButton</name>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Follow the data again</source>
        <translation>Den Daten wieder folgen</translation>
    </message>
    <message>
        <source>Show all data and follow new points (Home).</source>
        <translation>Alle Daten zeigen und neuen Punkten folgen (Pos1).</translation>
    </message>
</context>
<context>
    <name>GapsCard</name>
    <message>
        <source>Compensation</source>
        <translation>Ausgleich</translation>
    </message>
    <message>
        <source>What the removed layers did, folded into the layers beside each gap. KL on the validation windows.</source>
        <translation>Die Wirkung der entfernten Schichten, in die Schichten neben jeder Lücke eingerechnet. KL auf den Validierungsfenstern.</translation>
    </message>
</context>
<context>
    <name>GeneratedText</name>
    <message>
        <source>It ended at once, without a word.</source>
        <translation>Es hat sofort geendet, ohne ein Wort.</translation>
    </message>
    <message>
        <source>No text generated</source>
        <translation>Kein Text erzeugt</translation>
    </message>
    <message>
        <source>Reading the prompt…</source>
        <translation>Die Eingabe wird gelesen…</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>Wartet, bis es an der Reihe ist</translation>
    </message>
    <message numerus="yes">
        <source>{0} tokens</source>
        <translation>
            <numerusform>{0} Token</numerusform>
            <numerusform>{0} Token</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}: copy the text</source>
        <translation>{0}: Text kopieren</translation>
    </message>
    <message>
        <source>{0}: speed</source>
        <translation>{0}: Tempo</translation>
    </message>
    <message>
        <source>{0}: text</source>
        <translation>{0}: Text</translation>
    </message>
</context>
<context>
    <name>HelpBrowser</name>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>Glossar</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Text of the document</source>
        <translation>Text des Dokuments</translation>
    </message>
    <message>
        <source>User guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Words to find</source>
        <translation>Gesuchte Wörter</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>HelpHandlers</name>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
</context>
<context>
    <name>HubClient</name>
    <message>
        <source>It belongs to {0}.</source>
        <translation>Es gehört {0}.</translation>
    </message>
    <message>
        <source>No token is saved on this computer.</source>
        <translation>Auf diesem Computer ist kein Token gespeichert.</translation>
    </message>
    <message>
        <source>The token is saved in this computer&apos;s keyring.</source>
        <translation>Das Token ist im Schlüsselbund dieses Computers gespeichert.</translation>
    </message>
    <message>
        <source>This computer has no keyring, so the token is used only until the window closes. To save it, log in with &apos;hf auth login&apos;.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund; das Token gilt nur, bis das Fenster geschlossen wird. Um es zu speichern, melden Sie sich mit &apos;hf auth login&apos; an.</translation>
    </message>
    <message>
        <source>{0} has been downloaded; you can choose it once the engine is idle.</source>
        <translation>{0} ist heruntergeladen; Sie können es wählen, sobald die Engine frei ist.</translation>
    </message>
</context>
<context>
    <name>HubConnection</name>
    <message>
        <source>LayerSwarm works offline, so the Hub cannot be searched. Models on this computer can be used.</source>
        <translation>LayerSwarm arbeitet offline, deshalb kann der Hub nicht durchsucht werden. Modelle auf diesem Computer können benutzt werden.</translation>
    </message>
</context>
<context>
    <name>HubFinder</name>
    <message>
        <source>Branch, tag or commit of a Hub model.</source>
        <translation>Zweig, Tag oder Commit eines Hub-Modells.</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Gated and private models need a token from your Hub account.</source>
        <translation>Geschützte und private Modelle brauchen ein Token aus Ihrem Hub-Konto.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>Likes</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Models of the Hub</source>
        <translation>Modelle des Hubs</translation>
    </message>
    <message>
        <source>More models</source>
        <translation>Weitere Modelle</translation>
    </message>
    <message>
        <source>Most downloads</source>
        <translation>Meiste Downloads</translation>
    </message>
    <message>
        <source>Most likes</source>
        <translation>Meiste Likes</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>Only one download at a time.</source>
        <translation>Nur ein Download gleichzeitig.</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Revision</translation>
    </message>
    <message>
        <source>Search the Hub</source>
        <translation>Im Hub suchen</translation>
    </message>
    <message>
        <source>Search, or enter organisation/name</source>
        <translation>Suchen oder organisation/name eingeben</translation>
    </message>
    <message>
        <source>Searching the Hub…</source>
        <translation>Der Hub wird durchsucht…</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Sort order</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>Text models with safetensors weights. Select one for details.</source>
        <translation>Textmodelle mit safetensors-Gewichten. Wählen Sie eines für Einzelheiten.</translation>
    </message>
    <message>
        <source>The Hub has no text model with safetensors weights that matches this name.</source>
        <translation>Der Hub hat kein Textmodell mit safetensors-Gewichten, auf das dieser Name passt.</translation>
    </message>
    <message>
        <source>Token…</source>
        <translation>Token…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>gated</source>
        <translation>geschützt</translation>
    </message>
    <message>
        <source>gated: its terms must be accepted on its Hub page</source>
        <translation>geschützt: Bedingungen auf der Hub-Seite annehmen</translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
        <source>on disk</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
    <message>
        <source>revision</source>
        <translation>Revision</translation>
    </message>
    <message>
        <source>{0} to download</source>
        <translation>{0} herunterzuladen</translation>
    </message>
</context>
<context>
    <name>HubTokenDialog</name>
    <message>
        <source>Checking the token with the Hub…</source>
        <translation>Das Token wird beim Hub geprüft…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Gated and private models need a token. Create one in your Hub account under Access Tokens; read access is enough. It is saved in this computer&apos;s keyring and sent only to the Hub.</source>
        <translation>Geschützte und private Modelle brauchen ein Token. Erstellen Sie eines in Ihrem Hub-Konto unter Access Tokens; Lesezugriff genügt. Es wird im Schlüsselbund dieses Computers gespeichert und nur an den Hub gesendet.</translation>
    </message>
    <message>
        <source>Hub token</source>
        <translation>Hub-Token</translation>
    </message>
    <message>
        <source>Remove the saved token</source>
        <translation>Gespeichertes Token entfernen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>hf_…</source>
        <translation>hf_…</translation>
    </message>
</context>
<context>
    <name>LayerBars</name>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
</context>
<context>
    <name>LayerStrip</name>
    <message numerus="yes">
        <source>%n layers; protected: {0}; removed: {1}.</source>
        <translation>
            <numerusform>%n Schicht; geschützt: {0}; entfernt: {1}.</numerusform>
            <numerusform>%n Schichten; geschützt: {0}; entfernt: {1}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Decoder layers</source>
        <translation>Decoder-Schichten</translation>
    </message>
    <message>
        <source>Layer {0}: {1}</source>
        <translation>Schicht {0}: {1}</translation>
    </message>
    <message>
        <source>click to protect it</source>
        <translation>Klick schützt sie</translation>
    </message>
    <message>
        <source>click to unprotect it</source>
        <translation>Klick hebt den Schutz auf</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>protected</source>
        <translation>geschützt</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>{0}, KL {1} without it</source>
        <translation>{0}, KL {1} ohne sie</translation>
    </message>
</context>
<context>
    <name>LayersCard</name>
    <message>
        <source> – {0} on disk without these layers</source>
        <translation> – {0} auf der Platte ohne diese Schichten</translation>
    </message>
    <message>
        <source>Analysis by layer</source>
        <translation>Analyse je Schicht</translation>
    </message>
    <message>
        <source>Angular distance</source>
        <translation>Winkelabstand</translation>
    </message>
    <message>
        <source>Best removal set of each iteration</source>
        <translation>Beste Entfernungsmenge jeder Iteration</translation>
    </message>
    <message>
        <source>Best removal set: {0}</source>
        <translation>Beste Entfernungsmenge: {0}</translation>
    </message>
    <message>
        <source>Block Influence</source>
        <translation>Block Influence</translation>
    </message>
    <message>
        <source>From the embedding (left) to the LM head (right); all charts below share this axis.</source>
        <translation>Von der Einbettung (links) bis zum LM-Kopf (rechts); alle Diagramme darunter teilen diese Achse.</translation>
    </message>
    <message>
        <source>How often the best fifth of all candidates so far removes each layer (high: needed least)</source>
        <translation>Wie oft das beste Fünftel aller bisherigen Kandidaten eine Schicht entfernt (hoch: am ehesten entbehrlich)</translation>
    </message>
    <message>
        <source>How often this iteration&apos;s candidates remove each layer</source>
        <translation>Wie oft die Kandidaten dieser Iteration eine Schicht entfernen</translation>
    </message>
    <message>
        <source>KL when this layer alone is removed</source>
        <translation>KL ohne diese eine Schicht</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Measure of the analysis</source>
        <translation>Maß der Analyse</translation>
    </message>
    <message>
        <source>No removal set yet.</source>
        <translation>Noch keine Entfernungsmenge.</translation>
    </message>
    <message>
        <source>Perplexity when this layer alone is removed</source>
        <translation>Perplexität ohne diese eine Schicht</translation>
    </message>
    <message>
        <source>Removal frequency</source>
        <translation>Entfernungshäufigkeit</translation>
    </message>
    <message>
        <source>Removal frequency of good candidates</source>
        <translation>Entfernungshäufigkeit guter Kandidaten</translation>
    </message>
    <message>
        <source>Time per 1,000 tokens (s)</source>
        <translation>Zeit je 1.000 Token (s)</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
</context>
<context>
    <name>ListEntry</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>{0} entfernen</translation>
    </message>
</context>
<context>
    <name>LocalFinder</name>
    <message>
        <source>Another program keeps this model; delete it there.</source>
        <translation>Dieses Modell gehört einem anderen Programm; löschen Sie es dort.</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Delete the model</source>
        <translation>Modell löschen</translation>
    </message>
    <message>
        <source>Delete {0} from this computer?</source>
        <translation>{0} von diesem Computer löschen?</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Demo model</source>
        <translation>Demo-Modell</translation>
    </message>
    <message>
        <source>GGUF file</source>
        <translation>GGUF-Datei</translation>
    </message>
    <message>
        <source>GGUF file…</source>
        <translation>GGUF-Datei…</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF-Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>Kept: projects, their runs and exports. The model can be downloaded again.</source>
        <translation>Erhalten bleiben: Projekte, ihre Läufe und Exporte. Das Modell kann erneut heruntergeladen werden.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Looking for models on this computer…</source>
        <translation>Modelle auf diesem Computer werden gesucht…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>Model folder…</source>
        <translation>Modellordner…</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>Modelle auf diesem Computer</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>Nothing downloaded yet. You can also drop a folder or a GGUF file anywhere on this page.</source>
        <translation>Noch nichts heruntergeladen. Sie können auch einen Ordner oder eine GGUF-Datei auf diese Seite ziehen.</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Recent models</source>
        <translation>Letzte Modelle</translation>
    </message>
    <message>
        <source>SmolLM2-135M-Instruct, 30 layers: small enough to try everything in minutes.</source>
        <translation>SmolLM2-135M-Instruct, 30 Schichten: klein genug, um alles in Minuten auszuprobieren.</translation>
    </message>
    <message>
        <source>This frees {0}. Other programs that use this cache lose the model too.</source>
        <translation>Das gibt {0} frei. Auch andere Programme, die diesen Cache nutzen, verlieren das Modell.</translation>
    </message>
    <message>
        <source>{0}  ·  GGUF file of the Hub</source>
        <translation>{0}  ·  GGUF-Datei vom Hub</translation>
    </message>
    <message>
        <source>{0}  ·  LM Studio</source>
        <translation>{0}  ·  LM Studio</translation>
    </message>
    <message>
        <source>{0}  ·  Ollama</source>
        <translation>{0}  ·  Ollama</translation>
    </message>
    <message>
        <source>{0}  ·  adapter in its base model</source>
        <translation>{0}  ·  Adapter in seinem Grundmodell</translation>
    </message>
    <message>
        <source>{0}  ·  dequantised</source>
        <translation>{0}  ·  dequantisiert</translation>
    </message>
    <message>
        <source>{0}  ·  from a GGUF file</source>
        <translation>{0}  ·  aus einer GGUF-Datei</translation>
    </message>
    <message>
        <source>{0}  ·  {1} % downloaded</source>
        <translation>{0}  ·  {1} % heruntergeladen</translation>
    </message>
    <message>
        <source>{0} in the caches, {1} free. You can also drop a folder or a GGUF file on this page.</source>
        <translation>{0} in den Caches, {1} frei. Sie können auch einen Ordner oder eine GGUF-Datei auf diese Seite ziehen.</translation>
    </message>
</context>
<context>
    <name>LogDock</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Filter lines…</source>
        <translation>Zeilen filtern…</translation>
    </message>
    <message>
        <source>Filter text</source>
        <translation>Filtertext</translation>
    </message>
    <message>
        <source>Lines of the log</source>
        <translation>Zeilen des Protokolls</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Minimum level</source>
        <translation>Niedrigste Stufe</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
</context>
<context>
    <name>LossChart</name>
    <message>
        <source>Loss over steps</source>
        <translation>Verlust über die Schritte</translation>
    </message>
    <message>
        <source>loss (nats)</source>
        <translation>Verlust (nat)</translation>
    </message>
    <message>
        <source>smoothed loss</source>
        <translation>geglätteter Verlust</translation>
    </message>
    <message>
        <source>validation KL</source>
        <translation>Validierungs-KL</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>Sofort beenden</translation>
    </message>
    <message>
        <source>Opened read-only</source>
        <translation>Schreibgeschützt geöffnet</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Erneut starten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>That is not possible</source>
        <translation>Das ist nicht möglich</translation>
    </message>
    <message>
        <source>This project was written by a newer version of LayerSwarm. Update LayerSwarm to change or run it.</source>
        <translation>Dieses Projekt wurde von einer neueren Version von LayerSwarm geschrieben. Aktualisieren Sie LayerSwarm, um es zu ändern oder auszuführen.</translation>
    </message>
</context>
<context>
    <name>MenuButton</name>
    <message>
        <source>Menu of the chart</source>
        <translation>Menü des Diagramms</translation>
    </message>
    <message>
        <source>Save this chart, copy its values, or zoom.</source>
        <translation>Dieses Diagramm speichern, seine Werte kopieren oder vergrößern.</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>Choose model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Keep the model</source>
        <translation>Modell behalten</translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}).</source>
        <translation>{0} kann nicht gelesen werden ({1}).</translation>
    </message>
</context>
<context>
    <name>ModelFinder</name>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Choose the model to shrink: from this computer, or from the Hub.</source>
        <translation>Wählen Sie das Modell, das verkleinert werden soll: von diesem Computer oder vom Hub.</translation>
    </message>
    <message>
        <source>Chosen, but not inspected yet.</source>
        <translation>Gewählt, aber noch nicht untersucht.</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Counted from the tensors; shared tensors count once.</source>
        <translation>Aus den Tensoren gezählt; gemeinsam genutzte zählen einmal.</translation>
    </message>
    <message>
        <source>Decoder layers</source>
        <translation>Decoder-Schichten</translation>
    </message>
    <message>
        <source>Hugging Face Hub</source>
        <translation>Hugging Face Hub</translation>
    </message>
    <message>
        <source>Inspect the model</source>
        <translation>Modell untersuchen</translation>
    </message>
    <message>
        <source>Maximum context length of the model.</source>
        <translation>Größte Kontextlänge des Modells.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>Notes about the model files</source>
        <translation>Hinweise zu den Modelldateien</translation>
    </message>
    <message>
        <source>One layer</source>
        <translation>Eine Schicht</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of the smallest decoder layer.</source>
        <translation>Größe der kleinsten Decoder-Schicht.</translation>
    </message>
    <message>
        <source>Size of the weights on disk.</source>
        <translation>Größe der Gewichte auf der Platte.</translation>
    </message>
    <message>
        <source>Source of the model</source>
        <translation>Quelle des Modells</translation>
    </message>
    <message>
        <source>The dense model to shrink. It is downloaded once and never modified.</source>
        <translation>Das dichte Modell, das verkleinert wird. Es wird einmal heruntergeladen und nie verändert.</translation>
    </message>
    <message>
        <source>The engine is inspecting it; the first time, it is downloaded and converted.</source>
        <translation>Die Engine untersucht es; beim ersten Mal wird es heruntergeladen und umgewandelt.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>This model</source>
        <translation>Dieses Modell</translation>
    </message>
    <message>
        <source>hidden size {0}</source>
        <translation>Hidden Size {0}</translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>{0} % of the model</source>
        <translation>{0} % des Modells</translation>
    </message>
</context>
<context>
    <name>NewProjectDialog</name>
    <message>
        <source>A name cannot contain / \ : * ? &quot; &lt; &gt; |</source>
        <translation>Ein Name darf keines dieser Zeichen enthalten: / \ : * ? &quot; &lt; &gt; |</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Enter a name and a location.</source>
        <translation>Geben Sie Namen und Ort an.</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Names of folders here cannot contain line breaks or invisible characters.</source>
        <translation>Ordnernamen dürfen hier keine Zeilenumbrüche und keine unsichtbaren Zeichen enthalten.</translation>
    </message>
    <message>
        <source>Project location</source>
        <translation>Ort des Projekts</translation>
    </message>
    <message>
        <source>Project name</source>
        <translation>Name des Projekts</translation>
    </message>
    <message>
        <source>The project folder will be {0}.</source>
        <translation>Der Projektordner wird {0}.</translation>
    </message>
    <message>
        <source>{0} cannot be created: {1}. Choose another location.</source>
        <translation>{0} kann nicht angelegt werden: {1}. Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>{0} is not a folder; choose another location.</source>
        <translation>{0} ist kein Ordner; wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>{0} is not empty; choose another name.</source>
        <translation>{0} ist nicht leer; wählen Sie einen anderen Namen.</translation>
    </message>
</context>
<context>
    <name>NextStepsCard</name>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Details…</source>
        <translation>Einzelheiten…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>OverlayChart</name>
    <message>
        <source>Convergence of the selected runs</source>
        <translation>Konvergenz der ausgewählten Läufe</translation>
    </message>
    <message>
        <source>candidates measured</source>
        <translation>gemessene Kandidaten</translation>
    </message>
    <message>
        <source>fitness</source>
        <translation>Fitness</translation>
    </message>
</context>
<context>
    <name>OverviewPicture</name>
    <message>
        <source>Horizontal lines reach from the slowest to the fastest repeat; hollow: measured while busy.</source>
        <translation>Waagerechte Linien reichen von der langsamsten zur schnellsten Wiederholung; hohl: gemessen, während der Rechner beschäftigt war.</translation>
    </message>
    <message>
        <source>Pale points are the best models of the project&apos;s other runs.</source>
        <translation>Blasse Punkte sind die besten Modelle der anderen Läufe des Projekts.</translation>
    </message>
</context>
<context>
    <name>OwnPresets</name>
    <message>
        <source>Choose preset</source>
        <translation>Vorgabe wählen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the preset {0}?</source>
        <translation>Die Vorgabe {0} löschen?</translation>
    </message>
    <message>
        <source>It can no longer be chosen. This cannot be undone.</source>
        <translation>Sie lässt sich nicht mehr wählen. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>It will hold the current plan; its previous content is lost.</source>
        <translation>Sie enthält dann den jetzigen Plan; ihr bisheriger Inhalt geht verloren.</translation>
    </message>
    <message>
        <source>Kept: all projects, unchanged.</source>
        <translation>Erhalten bleiben: alle Projekte, unverändert.</translation>
    </message>
    <message>
        <source>My presets</source>
        <translation>Meine Vorgaben</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>Preset name</source>
        <translation>Name der Vorgabe</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace the preset {0}?</source>
        <translation>Die Vorgabe {0} ersetzen?</translation>
    </message>
    <message>
        <source>Save this plan</source>
        <translation>Diesen Plan speichern</translation>
    </message>
    <message>
        <source>Save this plan…</source>
        <translation>Diesen Plan speichern…</translation>
    </message>
    <message>
        <source>Your own named plans, available in all projects; the model stays the same.</source>
        <translation>Eigene Pläne mit Namen, in allen Projekten verfügbar; das Modell bleibt dasselbe.</translation>
    </message>
</context>
<context>
    <name>ParetoFrontChart</name>
    <message numerus="yes">
        <source>%n layers removed, {0}</source>
        <translation>
            <numerusform>%n Schicht entfernt, {0}</numerusform>
            <numerusform>%n Schichten entfernt, {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Quality against size</source>
        <translation>Qualität gegen Größe</translation>
    </message>
    <message>
        <source>fitness</source>
        <translation>Fitness</translation>
    </message>
    <message>
        <source>fitness {0} without {1}</source>
        <translation>Fitness {0} ohne {1}</translation>
    </message>
    <message>
        <source>size (MB)</source>
        <translation>Größe (MB)</translation>
    </message>
    <message>
        <source>{0} after the fold</source>
        <translation>{0} nach dem Ausgleich</translation>
    </message>
</context>
<context>
    <name>PlainLabel</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>PlanImportExport</name>
    <message>
        <source>Command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy the commands that create and run this project without the window.</source>
        <translation>Kopiert die Befehle, die dieses Projekt ohne Fenster anlegen und ausführen.</translation>
    </message>
    <message>
        <source>Export settings</source>
        <translation>Einstellungen exportieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>Einstellungen importieren</translation>
    </message>
    <message>
        <source>Import the settings from a file; the model stays the same.</source>
        <translation>Einstellungen aus einer Datei übernehmen; das Modell bleibt dasselbe.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Settings (*.json)</source>
        <translation>Einstellungen (*.json)</translation>
    </message>
    <message>
        <source>Write all settings to a JSON file.</source>
        <translation>Alle Einstellungen in eine JSON-Datei schreiben.</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>A first look in a few minutes.</source>
        <translation>Ein erster Blick in wenigen Minuten.</translation>
    </message>
    <message>
        <source>A good result for most models.</source>
        <translation>Ein gutes Ergebnis für die meisten Modelle.</translation>
    </message>
    <message>
        <source>Amount of work</source>
        <translation>Arbeitsmenge</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Choose preset</source>
        <translation>Vorgabe wählen</translation>
    </message>
    <message>
        <source>Custom settings.</source>
        <translation>Eigene Einstellungen.</translation>
    </message>
    <message>
        <source>For a model that you will use for a long time.</source>
        <translation>Für ein Modell, das Sie lange nutzen werden.</translation>
    </message>
    <message>
        <source>How small the model becomes and how the search gets there. Changes are saved at once and can be undone.</source>
        <translation>Wie klein das Modell wird und wie die Suche dorthin kommt. Änderungen werden sofort gespeichert und lassen sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Locked during the run, which uses the plan it was started with.</source>
        <translation>Gesperrt während des Laufs; er folgt dem Plan, mit dem er gestartet wurde.</translation>
    </message>
    <message>
        <source>No training</source>
        <translation>Ohne Training</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Read-only: this project was written by a newer version of LayerSwarm.</source>
        <translation>Nur lesbar: Dieses Projekt wurde von einer neueren Version von LayerSwarm geschrieben.</translation>
    </message>
    <message>
        <source>Removed layers are compensated only; for machines on which training does not fit.</source>
        <translation>Entfernte Schichten werden nur ausgeglichen; für Rechner, auf denen kein Training Platz hat.</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>Gründlich</translation>
    </message>
</context>
<context>
    <name>PlaygroundCard</name>
    <message>
        <source>0 always picks the most likely token; higher values add randomness.</source>
        <translation>0 wählt immer das wahrscheinlichste Token; höhere Werte lassen mehr Zufall zu.</translation>
    </message>
    <message>
        <source>Applies the model&apos;s chat template to the prompt, if it has one.</source>
        <translation>Wendet die Chat-Vorlage des Modells auf die Eingabe an, falls es eine hat.</translation>
    </message>
    <message>
        <source>As a chat</source>
        <translation>Als Gespräch</translation>
    </message>
    <message>
        <source>Available when the current job has finished.</source>
        <translation>Verfügbar, sobald die laufende Arbeit beendet ist.</translation>
    </message>
    <message>
        <source>Compare what each model generates from the same prompt.</source>
        <translation>Vergleichen Sie, was jedes Modell aus derselben Eingabe erzeugt.</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>Sofort beenden</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Text erzeugen</translation>
    </message>
    <message>
        <source>Length in tokens</source>
        <translation>Länge in Token</translation>
    </message>
    <message>
        <source>Maximum number of tokens that each model generates.</source>
        <translation>So viele Token erzeugt jedes Modell höchstens.</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>The engine is loading the model…</source>
        <translation>Die Engine lädt das Modell…</translation>
    </message>
    <message>
        <source>The models generate in turn; their texts appear here side by side.</source>
        <translation>Die Modelle schreiben nacheinander; ihre Texte erscheinen hier nebeneinander.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Type a prompt; Ctrl+Enter sends it.</source>
        <translation>Geben Sie einen Text ein; Strg+Eingabe schickt ihn ab.</translation>
    </message>
    <message>
        <source>{0}: generating…</source>
        <translation>{0}: wird geschrieben…</translation>
    </message>
</context>
<context>
    <name>PrecisionsCard</name>
    <message>
        <source>Click a row to choose it. Sizes are predicted from the bits until an export is written; memory includes {0} tokens of context, and speeds are estimated from memory bandwidth.</source>
        <translation>Ein Klick wählt eine Zeile. Größen sind aus den Bits vorhergesagt, bis ein Export geschrieben ist; der Speicher enthält {0} Token Kontext, und das Tempo ist aus der Speicherbandbreite geschätzt.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Device that the model is for</source>
        <translation>Gerät, für das das Modell ist</translation>
    </message>
    <message>
        <source>Precisions</source>
        <translation>Genauigkeiten</translation>
    </message>
</context>
<context>
    <name>ProjectHandlers</name>
    <message>
        <source>A project is a folder that holds its settings, runs and exports. You choose its model next.</source>
        <translation>Ein Projekt ist ein Ordner, der seine Einstellungen, Läufe und Exporte enthält. Sein Modell wählen Sie danach.</translation>
    </message>
    <message>
        <source>LayerSwarm projects ({0})</source>
        <translation>LayerSwarm-Projekte ({0})</translation>
    </message>
    <message>
        <source>Locate {0}</source>
        <translation>{0} suchen</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>Projekt speichern unter</translation>
    </message>
    <message>
        <source>The demo is an ordinary project: a folder that holds everything it creates.</source>
        <translation>Die Demo ist ein gewöhnliches Projekt: ein Ordner, in dem alles liegt, was sie erzeugt.</translation>
    </message>
    <message>
        <source>The engine is running in this project. Pause it first; you can continue later.</source>
        <translation>Die Engine arbeitet an diesem Projekt. Pausieren Sie sie zuerst; später können Sie fortsetzen.</translation>
    </message>
    <message>
        <source>The whole project is copied, including runs and exports. You continue in the copy.</source>
        <translation>Das ganze Projekt wird kopiert, samt Läufen und Exporten. Sie arbeiten in der Kopie weiter.</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Die Demo ausprobieren</translation>
    </message>
    <message>
        <source>my-model</source>
        <translation>mein-modell</translation>
    </message>
    <message>
        <source>smollm2-demo</source>
        <translation>smollm2-demo</translation>
    </message>
    <message>
        <source>{0}-copy</source>
        <translation>{0}-kopie</translation>
    </message>
</context>
<context>
    <name>ProjectWorker</name>
    <message>
        <source>Copying the project…</source>
        <translation>Das Projekt wird kopiert…</translation>
    </message>
    <message>
        <source>Deleting the run…</source>
        <translation>Der Lauf wird gelöscht…</translation>
    </message>
    <message>
        <source>Loading the run…</source>
        <translation>Der Lauf wird geladen…</translation>
    </message>
    <message>
        <source>The run cannot be deleted: {0}.</source>
        <translation>Der Lauf kann nicht gelöscht werden: {0}.</translation>
    </message>
</context>
<context>
    <name>PushCard</name>
    <message>
        <source>Not on the Hub yet</source>
        <translation>Noch nicht auf dem Hub</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>Repository on the Hub</source>
        <translation>Repository auf dem Hub</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Hochladen</translation>
    </message>
    <message>
        <source>Upload to the Hub</source>
        <translation>Auf den Hub hochladen</translation>
    </message>
    <message>
        <source>Uploaded to {0}</source>
        <translation>Hochgeladen nach {0}</translation>
    </message>
    <message>
        <source>Uploads the export and its model card with your Hub token. Nothing leaves this computer until you press Upload.</source>
        <translation>Lädt den Export samt Modellkarte mit Ihrem Hub-Token hoch. Nichts verlässt diesen Computer, bevor Sie auf Hochladen drücken.</translation>
    </message>
    <message>
        <source>you-or-organisation/name</source>
        <translation>sie-oder-organisation/name</translation>
    </message>
</context>
<context>
    <name>QualityChart</name>
    <message>
        <source>Quality against decode speed</source>
        <translation>Qualität gegen Schreibtempo</translation>
    </message>
    <message>
        <source>Quality against size</source>
        <translation>Qualität gegen Größe</translation>
    </message>
    <message>
        <source>decode speed (tokens/s)</source>
        <translation>Schreibtempo (Token/s)</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>size (MB)</source>
        <translation>Größe (MB)</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>No projects yet</source>
        <translation>Noch keine Projekte</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>{0} – moved; locate…</source>
        <translation>{0} – verschoben; suchen…</translation>
    </message>
</context>
<context>
    <name>RecentProject</name>
    <message>
        <source>It has been moved or deleted. Show where it is now.</source>
        <translation>Es wurde verschoben oder gelöscht. Zeigen Sie, wo es jetzt ist.</translation>
    </message>
    <message>
        <source>Locate {0}</source>
        <translation>{0} suchen</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Aus der Liste entfernen</translation>
    </message>
    <message>
        <source>Remove {0} from the list</source>
        <translation>{0} aus der Liste entfernen</translation>
    </message>
</context>
<context>
    <name>RecoveryCard</name>
    <message>
        <source>Change recovery</source>
        <translation>Wiederherstellung ändern</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>Kreuzentropie</translation>
    </message>
    <message>
        <source>KL to the dense model</source>
        <translation>KL zum dichten Modell</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA-Rang</translation>
    </message>
    <message>
        <source>LoRA training with the dense model as teacher. It is discarded if it does not help.</source>
        <translation>LoRA-Training mit dem dichten Modell als Lehrer. Hilft es nicht, wird es verworfen.</translation>
    </message>
    <message>
        <source>More of recovery</source>
        <translation>Mehr zur Wiederherstellung</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Recover lost accuracy</source>
        <translation>Verlorene Güte zurückgewinnen</translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation>Wiederherstellung</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Toggle recovery</source>
        <translation>Wiederherstellung umschalten</translation>
    </message>
    <message>
        <source>Training windows</source>
        <translation>Trainingsfenster</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message>
        <source>After the search, LoRA training recovers what the pruned model lost. The loss is plotted here live.</source>
        <translation>Nach der Suche holt LoRA-Training zurück, was das beschnittene Modell verloren hat. Der Verlust wird hier laufend gezeichnet.</translation>
    </message>
    <message>
        <source>Best validation KL</source>
        <translation>Beste Validierungs-KL</translation>
    </message>
    <message>
        <source>KL counts the 256 most likely tokens and the rest.</source>
        <translation>KL zählt die 256 wahrscheinlichsten Token und den Rest.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Learning rate and speed</source>
        <translation>Lernrate und Tempo</translation>
    </message>
    <message>
        <source>Learning rate over steps</source>
        <translation>Lernrate über die Schritte</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>Logarithmische Skala</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>No recovery yet</source>
        <translation>Noch keine Wiederherstellung</translation>
    </message>
    <message>
        <source>Over the whole vocabulary, on text kept back from training.</source>
        <translation>Über das ganze Vokabular, auf Text, der nicht trainiert wird.</translation>
    </message>
    <message>
        <source>Recovered: validation KL went from {0} to {1}, best at step {2}.</source>
        <translation>Wiederhergestellt: die Validierungs-KL ging von {0} auf {1}, am besten bei Schritt {2}.</translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation>Wiederherstellung</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>The pruned model learns to answer as the dense one does. The best validation point is kept.</source>
        <translation>Das beschnittene Modell lernt zu antworten wie das dichte. Der beste Validierungspunkt wird behalten.</translation>
    </message>
    <message>
        <source>Tokens per second over steps</source>
        <translation>Token je Sekunde über die Schritte</translation>
    </message>
    <message>
        <source>Training did not fit into memory, so the compensated model is kept. Continue to try it again.</source>
        <translation>Das Training passte nicht in den Speicher, deshalb bleibt das ausgeglichene Modell. Mit „Fortsetzen“ wird es erneut versucht.</translation>
    </message>
    <message>
        <source>Training did not help, so the model from before it is kept unchanged.</source>
        <translation>Das Training half nicht; das Modell davor bleibt unverändert.</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>Validation perplexity</source>
        <translation>Validierungs-Perplexität</translation>
    </message>
    <message>
        <source>at step {0}</source>
        <translation>bei Schritt {0}</translation>
    </message>
    <message>
        <source>each step</source>
        <translation>jeder Schritt</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>von {0}</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>Token/s</translation>
    </message>
    <message>
        <source>training, smoothed</source>
        <translation>Training, geglättet</translation>
    </message>
    <message>
        <source>validation KL</source>
        <translation>Validierungs-KL</translation>
    </message>
    <message>
        <source>{0} from start</source>
        <translation>{0} seit Beginn</translation>
    </message>
    <message>
        <source>{0} tokens so far</source>
        <translation>{0} Token bisher</translation>
    </message>
    <message>
        <source>× 10⁻³</source>
        <translation>× 10⁻³</translation>
    </message>
</context>
<context>
    <name>RemovalMap</name>
    <message>
        <source>Best removal set by iteration</source>
        <translation>Beste Entfernungsmenge je Iteration</translation>
    </message>
    <message>
        <source>Iteration {0}; best set: {1}.</source>
        <translation>Iteration {0}; bester Satz: {1}.</translation>
    </message>
    <message>
        <source>best set: {0}</source>
        <translation>beste Menge: {0}</translation>
    </message>
    <message>
        <source>iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>iteration {0} · layer {1} {2}</source>
        <translation>Iteration {0} · Schicht {1} {2}</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
</context>
<context>
    <name>ReportPrinter</name>
    <message>
        <source>{0} cannot be written ({1}); choose another place.</source>
        <translation>{0} lässt sich nicht schreiben ({1}); wählen Sie einen anderen Ort.</translation>
    </message>
</context>
<context>
    <name>ReportRow</name>
    <message>
        <source>One HTML file with charts: nothing in it is fetched from elsewhere.</source>
        <translation>Eine HTML-Datei mit Diagrammen, die nichts von anderswo nachlädt.</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>Als PDF speichern…</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern…</translation>
    </message>
    <message>
        <source>The report is in {0}</source>
        <translation>Der Bericht liegt in {0}</translation>
    </message>
    <message>
        <source>The same on sheets of A4, to print or to send.</source>
        <translation>Dasselbe auf A4-Seiten, zum Drucken oder Verschicken.</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
</context>
<context>
    <name>ResearchCard</name>
    <message>
        <source>For each algorithm, its most advanced run and its stability over the comparisons.</source>
        <translation>Für jeden Algorithmus der am weitesten fortgeschrittene Lauf und seine Stabilität über die Vergleiche.</translation>
    </message>
    <message>
        <source>Searches compared</source>
        <translation>Suchen im Vergleich</translation>
    </message>
</context>
<context>
    <name>ResourceUsageCard</name>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Engine: {0}</source>
        <translation>Engine: {0}</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Load over time</source>
        <translation>Last über die Zeit</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Memory and load</source>
        <translation>Speicher und Last</translation>
    </message>
    <message>
        <source>Memory over time</source>
        <translation>Speicher über die Zeit</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>device load: {0}</source>
        <translation>Geräteauslastung: {0}</translation>
    </message>
    <message>
        <source>device, all processes</source>
        <translation>Gerät, alle Prozesse</translation>
    </message>
    <message>
        <source>device: {0} of {1}</source>
        <translation>Gerät: {0} von {1}</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>processor, all cores</source>
        <translation>Prozessor, alle Kerne</translation>
    </message>
    <message>
        <source>processor: {0}</source>
        <translation>Prozessor: {0}</translation>
    </message>
</context>
<context>
    <name>ResourceUsageChart</name>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>All measured by the same code on the same held-out texts. Differences are to the dense model. KL is taken over its 512 most likely tokens and the rest.</source>
        <translation>Alles mit demselben Code auf denselben zurückgehaltenen Texten gemessen. Unterschiede gelten zum dichten Modell. Die KL gilt über dessen 512 wahrscheinlichste Token und den Rest.</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Comparison of the models</source>
        <translation>Vergleich der Modelle</translation>
    </message>
    <message>
        <source>Compensation and recovery won back {0} of the lost KL.</source>
        <translation>Ausgleich und Wiederherstellung gewannen {0} der verlorenen KL zurück.</translation>
    </message>
    <message>
        <source>Compensation won back {0} of the lost KL.</source>
        <translation>Der Ausgleich gewann {0} der verlorenen KL zurück.</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Measure speed again</source>
        <translation>Tempo erneut messen</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Wird gemessen…</translation>
    </message>
    <message>
        <source>No results yet</source>
        <translation>Noch keine Ergebnisse</translation>
    </message>
    <message>
        <source>No run is shown. The runs of the project are below.</source>
        <translation>Es wird kein Lauf gezeigt. Die Läufe des Projekts stehen unten.</translation>
    </message>
    <message>
        <source>Recovery won back {0} of the lost KL.</source>
        <translation>Die Wiederherstellung hat {0} der verlorenen KL zurückgewonnen.</translation>
    </message>
    <message>
        <source>Removed layers: {0}</source>
        <translation>Entfernte Schichten: {0}</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Times all models of this run; what they answer is not measured.</source>
        <translation>Misst die Zeiten aller Modelle dieses Laufs, nicht ihre Antworten.</translation>
    </message>
    <message>
        <source>When a run has measured its models, they are compared here: quality, size, speed and memory.</source>
        <translation>Sobald ein Lauf seine Modelle gemessen hat, werden sie hier verglichen: Güte, Größe, Tempo und Speicher.</translation>
    </message>
    <message>
        <source>{0} has no results yet. The other runs of the project are below.</source>
        <translation>{0} hat noch keine Ergebnisse. Die anderen Läufe des Projekts stehen unten.</translation>
    </message>
    <message>
        <source>{0} of {1} layers removed: {2} smaller, {3} instead of {4}.</source>
        <translation>{0} von {1} Schichten entfernt: {2} kleiner, {3} statt {4}.</translation>
    </message>
</context>
<context>
    <name>RunChoice</name>
    <message>
        <source>Choose a run</source>
        <translation>Lauf wählen</translation>
    </message>
    <message>
        <source>Displayed run</source>
        <translation>Angezeigter Lauf</translation>
    </message>
    <message>
        <source>The run shown on the pages. Choosing an older one replays its journal.</source>
        <translation>Der Lauf, den die Seiten zeigen. Bei einem älteren wird sein Journal abgespielt.</translation>
    </message>
</context>
<context>
    <name>RunHandlers</name>
    <message>
        <source>Allow and continue</source>
        <translation>Erlauben und fortfahren</translation>
    </message>
    <message>
        <source>Allowed: this content at this place. You are asked again when one of its files changes.</source>
        <translation>Erlaubt wird dieser Inhalt an diesem Ort. Ändert sich eine seiner Dateien, werden Sie wieder gefragt.</translation>
    </message>
    <message>
        <source>Discard the run</source>
        <translation>Lauf verwerfen</translation>
    </message>
    <message>
        <source>Discard the run {0}?</source>
        <translation>Den Lauf {0} verwerfen?</translation>
    </message>
    <message>
        <source>Kept: everything measured so far. Skipped: the remaining iterations or steps.</source>
        <translation>Erhalten bleibt: alles bisher Gemessene. Es entfallen: die übrigen Iterationen oder Schritte.</translation>
    </message>
    <message>
        <source>Kept: everything up to the last finished step. Continue resumes from there.</source>
        <translation>Erhalten bleibt: alles bis zum letzten abgeschlossenen Schritt. Fortsetzen macht dort weiter.</translation>
    </message>
    <message>
        <source>Kept: the project&apos;s settings, other runs, and exports already made.</source>
        <translation>Erhalten bleiben: die Einstellungen des Projekts, andere Läufe und fertige Exporte.</translation>
    </message>
    <message>
        <source>Kept: the project. The current job starts over when you request it again.</source>
        <translation>Erhalten bleibt: das Projekt. Die laufende Arbeit beginnt von vorn, wenn Sie sie wieder anfordern.</translation>
    </message>
    <message>
        <source>Kept: the run. The export is incomplete; export again later.</source>
        <translation>Erhalten bleibt: der Lauf. Der Export ist unvollständig; exportieren Sie später noch einmal.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Quit while the engine is running?</source>
        <translation>Beenden, während die Engine läuft?</translation>
    </message>
    <message>
        <source>Quitting stops the engine and frees the device.</source>
        <translation>Beim Beenden hält auch die Engine an und gibt das Gerät frei.</translation>
    </message>
    <message>
        <source>Run code from {0}?</source>
        <translation>Code aus {0} ausführen?</translation>
    </message>
    <message>
        <source>Stop and keep best</source>
        <translation>Anhalten, Bestes behalten</translation>
    </message>
    <message>
        <source>Stop and keep the best result so far?</source>
        <translation>Anhalten und das bisher beste Ergebnis behalten?</translation>
    </message>
    <message>
        <source>The run ends and its folder is deleted, including journal, scores and checkpoints. This cannot be undone.</source>
        <translation>Der Lauf endet und sein Ordner wird gelöscht, samt Journal, Bewertungen und Zwischenständen. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>The search or training ends now, and the best removal set or adapter so far becomes the result.</source>
        <translation>Suche oder Training enden jetzt; die bisher beste Entfernungsmenge oder der beste Adapter wird das Ergebnis.</translation>
    </message>
    <message>
        <source>This project wants to run code from this place ({0}). It runs on this computer with all your rights. Look at it first if the project is not your own.</source>
        <translation>Dieses Projekt möchte Code von diesem Ort ausführen ({0}). Er läuft auf diesem Computer mit allen Ihren Rechten. Sehen Sie ihn sich vorher an, wenn das Projekt nicht Ihr eigenes ist.</translation>
    </message>
</context>
<context>
    <name>RunMenu</name>
    <message>
        <source>Delete the run</source>
        <translation>Lauf löschen</translation>
    </message>
    <message>
        <source>Delete the run {0}?</source>
        <translation>Den Lauf {0} löschen?</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Its folder is deleted, including journal, scores and checkpoints. This cannot be undone.</source>
        <translation>Sein Ordner wird gelöscht, samt Journal, Bewertungen und Zwischenständen. Das kann nicht rückgängig gemacht werden.</translation>
    </message>
    <message>
        <source>Kept: the project&apos;s settings, other runs, and exports already made.</source>
        <translation>Erhalten bleiben: die Einstellungen des Projekts, andere Läufe und fertige Exporte.</translation>
    </message>
    <message>
        <source>Name and note…</source>
        <translation>Name und Notiz…</translation>
    </message>
    <message>
        <source>Show on all pages</source>
        <translation>Auf allen Seiten zeigen</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Mit Stern</translation>
    </message>
</context>
<context>
    <name>RunNotesDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name and note of {0}</source>
        <translation>Name und Notiz von {0}</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>Name des Laufs</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note about the run</source>
        <translation>Notiz zum Lauf</translation>
    </message>
</context>
<context>
    <name>RunsCard</name>
    <message>
        <source>Runs of this project</source>
        <translation>Läufe dieses Projekts</translation>
    </message>
    <message>
        <source>Selected run</source>
        <translation>Gewählter Lauf</translation>
    </message>
    <message>
        <source>Ticked runs are drawn in the colour of their name. Figures are of the recovered model, if it helped.</source>
        <translation>Angekreuzte Läufe sind in der Farbe ihres Namens gezeichnet. Die Zahlen gelten für das wiederhergestellte Modell, falls die Wiederherstellung geholfen hat.</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>Algorithm</source>
        <translation>Algorithmus</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Fitness</source>
        <translation>Fitness</translation>
    </message>
    <message>
        <source>Held-out KL</source>
        <translation>Zurückgehaltene KL</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>SamplesCard</name>
    <message>
        <source>After the same prompt, always taking the likeliest token.</source>
        <translation>Nach derselben Eingabe, immer mit dem wahrscheinlichsten Token.</translation>
    </message>
    <message>
        <source>What the models write</source>
        <translation>Was die Modelle schreiben</translation>
    </message>
</context>
<context>
    <name>SavingsCard</name>
    <message>
        <source>At your own prices, or at example prices until you enter yours.</source>
        <translation>Zu Ihren eigenen Preisen; bis Sie sie eintragen, zu Beispielpreisen.</translation>
    </message>
    <message>
        <source>Change prices</source>
        <translation>Preise ändern</translation>
    </message>
    <message>
        <source>Devices that gain:</source>
        <translation>Geräte, die profitieren:</translation>
    </message>
    <message>
        <source>Savings</source>
        <translation>Ersparnis</translation>
    </message>
    <message>
        <source>Your prices</source>
        <translation>Ihre Preise</translation>
    </message>
</context>
<context>
    <name>SearchCard</name>
    <message>
        <source>Accuracy on a task</source>
        <translation>Trefferquote einer Aufgabe</translation>
    </message>
    <message numerus="yes">
        <source>At most %n candidates; repeated ones are not computed again.</source>
        <translation>
            <numerusform>Höchstens %n Kandidat; wiederholte werden nicht noch einmal berechnet.</numerusform>
            <numerusform>Höchstens %n Kandidaten; wiederholte werden nicht noch einmal berechnet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Baselines and other algorithms</source>
        <translation>Vergleichsverfahren und andere Algorithmen</translation>
    </message>
    <message>
        <source>Change fitness</source>
        <translation>Fitness ändern</translation>
    </message>
    <message>
        <source>Change iterations</source>
        <translation>Iterationen ändern</translation>
    </message>
    <message>
        <source>Change population</source>
        <translation>Population ändern</translation>
    </message>
    <message>
        <source>Change search</source>
        <translation>Suche ändern</translation>
    </message>
    <message>
        <source>Change seed</source>
        <translation>Startwert ändern</translation>
    </message>
    <message>
        <source>Change task</source>
        <translation>Aufgabe ändern</translation>
    </message>
    <message>
        <source>Choose algorithm</source>
        <translation>Algorithmus wählen</translation>
    </message>
    <message>
        <source>Fitness</source>
        <translation>Fitness</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>Iterationen</translation>
    </message>
    <message>
        <source>KL to the dense model</source>
        <translation>KL zum dichten Modell</translation>
    </message>
    <message>
        <source>More of the search</source>
        <translation>Mehr zur Suche</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Population</source>
        <translation>Population</translation>
    </message>
    <message>
        <source>Provided by {0}</source>
        <translation>Aus dem Paket {0}</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>The analysis names its set at once; it needs neither.</source>
        <translation>Die Analyse nennt ihre Menge sofort und braucht beides nicht.</translation>
    </message>
    <message>
        <source>such as hellaswag</source>
        <translation>etwa hellaswag</translation>
    </message>
    <message>
        <source>{0} is not installed; install its package, or choose another algorithm.</source>
        <translation>{0} ist nicht installiert; installieren Sie das Paket dazu, oder wählen Sie einen anderen Algorithmus.</translation>
    </message>
    <message>
        <source>{0} tries every prunable layer at each removal; it needs neither.</source>
        <translation>{0} versucht bei jeder Entfernung jede entfernbare Schicht; es braucht beides nicht.</translation>
    </message>
    <message>
        <source>{0}: parameters</source>
        <translation>{0}: Parameter</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Best KL to dense</source>
        <translation>Kleinste KL</translation>
    </message>
    <message>
        <source>Best perplexity</source>
        <translation>Beste Perplexität</translation>
    </message>
    <message>
        <source>Candidates of this iteration</source>
        <translation>Kandidaten dieser Iteration</translation>
    </message>
    <message>
        <source>Candidates seen before; their scores are reused.</source>
        <translation>Schon bewertete Kandidaten; ihre Werte werden wiederverwendet.</translation>
    </message>
    <message>
        <source>Computed scores</source>
        <translation>Berechnet</translation>
    </message>
    <message>
        <source>Each tries a population of removal sets.</source>
        <translation>Jede probiert eine Population von Entfernungsmengen.</translation>
    </message>
    <message>
        <source>Every layer is measured on its own first; the swarm then starts from these results.</source>
        <translation>Zuerst wird jede Schicht einzeln gemessen; von diesen Ergebnissen geht der Schwarm aus.</translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>Lower is better; each point on the line is the best result at its size.</source>
        <translation>Niedriger ist besser; jeder Punkt der Linie ist das beste Ergebnis bei seiner Größe.</translation>
    </message>
    <message>
        <source>Lowest task error</source>
        <translation>Niedrigster Aufgabenfehler</translation>
    </message>
    <message>
        <source>No search yet</source>
        <translation>Noch keine Suche</translation>
    </message>
    <message>
        <source>On the calibration text; lower is better.</source>
        <translation>Auf dem Kalibrierungstext; niedriger ist besser.</translation>
    </message>
    <message>
        <source>Over its 512 most likely tokens and the rest; 0 is identical.</source>
        <translation>Über dessen 512 wahrscheinlichste Token und den Rest; 0 ist gleich.</translation>
    </message>
    <message>
        <source>Quality against size</source>
        <translation>Qualität gegen Größe</translation>
    </message>
    <message>
        <source>Removal sets that were tried, without those seen before.</source>
        <translation>Entfernungsmengen, die probiert wurden, ohne schon bewertete.</translation>
    </message>
    <message>
        <source>Reused scores</source>
        <translation>Wiederverwendet</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Set the budget on the Plan page and press Start. The progress of the swarm is plotted here live.</source>
        <translation>Legen Sie auf der Seite Plan das Budget fest und drücken Sie Starten. Der Fortschritt des Schwarms wird hier laufend gezeichnet.</translation>
    </message>
    <message>
        <source>Share of the questions that are answered wrongly.</source>
        <translation>Anteil der falsch beantworteten Fragen.</translation>
    </message>
    <message>
        <source>Stopped early; the best set so far is kept.</source>
        <translation>Vorzeitig beendet; die bisher beste Menge bleibt.</translation>
    </message>
    <message>
        <source>Text processed</source>
        <translation>Verarbeiteter Text</translation>
    </message>
    <message>
        <source>The model and the text to measure on are prepared first.</source>
        <translation>Zuerst werden das Modell und der Text zum Messen vorbereitet.</translation>
    </message>
    <message>
        <source>The most promising ones are then scored {0}.</source>
        <translation>Die vielversprechendsten werden danach {0} bewertet.</translation>
    </message>
    <message>
        <source>The search is complete.</source>
        <translation>Die Suche ist abgeschlossen.</translation>
    </message>
    <message>
        <source>The search is not complete. Continue goes on from here.</source>
        <translation>Die Suche ist nicht abgeschlossen. Fortsetzen macht hier weiter.</translation>
    </message>
    <message>
        <source>The swarm is searching for the layers that the model needs least.</source>
        <translation>Der Schwarm sucht die Schichten, auf die das Modell am ehesten verzichten kann.</translation>
    </message>
    <message>
        <source>Tokens that all candidates have read, as passes of the whole model.</source>
        <translation>Tokens, die alle Kandidaten gelesen haben, als Durchgänge des ganzen Modells.</translation>
    </message>
    <message>
        <source>best of each size {0}</source>
        <translation>beste jeder Größe {0}</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>von {0}</translation>
    </message>
    <message>
        <source>of {0}, best since {1}</source>
        <translation>von {0}, bester seit {1}</translation>
    </message>
    <message>
        <source>this iteration {0}</source>
        <translation>diese Iteration {0}</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Tokens</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The project is being loaded or copied. Try again when that is finished.</source>
        <translation>Das Projekt wird gerade geladen oder kopiert. Versuchen Sie es danach noch einmal.</translation>
    </message>
</context>
<context>
    <name>SettingWords</name>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>{0}: “{1}” cannot be used here. {2}</source>
        <translation>{0}: „{1}“ ist hier nicht möglich. {2}</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Tab and Shift+Tab move between fields; the arrow keys move within the step list and the layer strip.</source>
        <translation>Tab und Umschalt+Tab wechseln zwischen Feldern; die Pfeiltasten bewegen sich in der Schrittliste und im Schichtstreifen.</translation>
    </message>
</context>
<context>
    <name>StagesCard</name>
    <message>
        <source>Engine start</source>
        <translation>Start der Engine</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>etwa {0}</translation>
    </message>
    <message>
        <source>about {0} left of the whole run</source>
        <translation>noch etwa {0} für den ganzen Lauf</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>{0} elapsed</source>
        <translation>{0} vergangen</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>{0} so far</source>
        <translation>bisher {0}</translation>
    </message>
</context>
<context>
    <name>StartQuestion</name>
    <message>
        <source>How long this plan takes and whether it fits could not be estimated yet.</source>
        <translation>Wie lange dieser Plan dauert und ob er passt, ließ sich noch nicht schätzen.</translation>
    </message>
    <message>
        <source>Start anyway</source>
        <translation>Trotzdem starten</translation>
    </message>
    <message>
        <source>Start this plan?</source>
        <translation>Diesen Plan starten?</translation>
    </message>
    <message>
        <source>You can pause at any time; nothing that is finished is lost. A preset with less work is on Plan.</source>
        <translation>Sie können jederzeit anhalten; nichts Fertiges geht verloren. Eine Voreinstellung mit weniger Arbeit steht unter Plan.</translation>
    </message>
</context>
<context>
    <name>StepBlock</name>
    <message>
        <source>Code for {0}</source>
        <translation>Code für {0}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the code for {0}</source>
        <translation>Code für {0} kopieren</translation>
    </message>
</context>
<context>
    <name>StepChart</name>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
</context>
<context>
    <name>StripLegend</name>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>protected</source>
        <translation>geschützt</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
</context>
<context>
    <name>TextPreview</name>
    <message numerus="yes">
        <source>%n windows of {0} tokens</source>
        <translation>
            <numerusform>%n Fenster zu {0} Token</numerusform>
            <numerusform>%n Fenster zu {0} Token</numerusform>
        </translation>
    </message>
    <message>
        <source>First windows of the text</source>
        <translation>Erste Fenster des Textes</translation>
    </message>
    <message>
        <source>Preview the text</source>
        <translation>Text ansehen</translation>
    </message>
    <message>
        <source>The engine is reading the text…</source>
        <translation>Die Engine liest den Text…</translation>
    </message>
    <message numerus="yes">
        <source>about {0} tokens</source>
        <translation>
            <numerusform>etwa {0} Token</numerusform>
            <numerusform>etwa {0} Token</numerusform>
        </translation>
    </message>
    <message>
        <source>columns {0}</source>
        <translation>Spalten {0}</translation>
    </message>
    <message>
        <source>read as {0}</source>
        <translation>gelesen als {0}</translation>
    </message>
    <message>
        <source>through the model&apos;s chat template</source>
        <translation>durch die Chat-Vorlage des Modells</translation>
    </message>
    <message numerus="yes">
        <source>{0} documents</source>
        <translation>
            <numerusform>{0} Dokument</numerusform>
            <numerusform>{0} Dokumente</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, generated by the model when the run starts</source>
        <translation>{0}, vom Modell erzeugt, wenn der Lauf beginnt</translation>
    </message>
</context>
<context>
    <name>TextSourceField</name>
    <message>
        <source>.txt, .jsonl, .parquet, .csv</source>
        <translation>.txt, .jsonl, .parquet, .csv</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Choose text</source>
        <translation>Text wählen</translation>
    </message>
    <message>
        <source>Enter the name of the data set.</source>
        <translation>Geben Sie den Namen des Datensatzes ein.</translation>
    </message>
    <message>
        <source>Enter the path of the file.</source>
        <translation>Geben Sie den Pfad der Datei ein.</translation>
    </message>
    <message>
        <source>Enter the texts, separated by commas.</source>
        <translation>Geben Sie die Texte ein, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>Hub data set</source>
        <translation>Hub-Datensatz</translation>
    </message>
    <message>
        <source>Local file</source>
        <translation>Lokale Datei</translation>
    </message>
    <message>
        <source>Mix of several</source>
        <translation>Mischung aus mehreren</translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation>Wiederherstellung</translation>
    </message>
    <message>
        <source>Source of the text</source>
        <translation>Quelle des Textes</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text file</source>
        <translation>Textdatei</translation>
    </message>
    <message>
        <source>Texts (*.txt *.md *.jsonl *.json *.parquet *.csv *.tsv *.gz *.zst);;All files (*)</source>
        <translation>Texte (*.txt *.md *.jsonl *.json *.parquet *.csv *.tsv *.gz *.zst);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Texts in the mix</source>
        <translation>Texte der Mischung</translation>
    </message>
    <message>
        <source>The model&apos;s own text</source>
        <translation>Eigener Text des Modells</translation>
    </message>
    <message>
        <source>id or id:config</source>
        <translation>id oder id:config</translation>
    </message>
    <message>
        <source>self, web, instructions, a file or a data set</source>
        <translation>self, web, instructions, eine Datei oder ein Datensatz</translation>
    </message>
</context>
<context>
    <name>UndoAction</name>
    <message>
        <source>Redone: {0}</source>
        <translation>Wiederholt: {0}</translation>
    </message>
    <message>
        <source>Undone: {0}</source>
        <translation>Rückgängig gemacht: {0}</translation>
    </message>
</context>
<context>
    <name>ViewHandlers</name>
    <message>
        <source>It is used from the next start of the window.</source>
        <translation>Sie gilt ab dem nächsten Start des Fensters.</translation>
    </message>
    <message>
        <source>Language: {0}</source>
        <translation>Sprache: {0}</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>A model with 30 layers, five of them removed</source>
        <translation>Ein Modell mit 30 Schichten, von denen fünf entfernt sind</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>Neues Projekt…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>Projekt öffnen…</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Letzte Projekte</translation>
    </message>
    <message>
        <source>Shrinks a language model by removing the decoder layers that it can do without, recovers lost quality, and exports plain safetensors that load anywhere.</source>
        <translation>Verkleinert ein Sprachmodell, indem es entbehrliche Decoder-Schichten entfernt, gewinnt verlorene Güte zurück und exportiert einfache safetensors, die sich überall laden lassen.</translation>
    </message>
    <message>
        <source>The demo shrinks SmolLM2-135M-Instruct, a model with 30 layers, within ten minutes on two cores.</source>
        <translation>Die Demo verkleinert SmolLM2-135M-Instruct, ein Modell mit 30 Schichten, in zehn Minuten auf zwei Kernen.</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Die Demo ausprobieren</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source> ({0} of {1} parts are missing)</source>
        <translation> ({0} von {1} Teilen fehlen)</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>&apos;auto&apos;, &apos;cpu&apos;, &apos;cuda:0&apos;, &apos;mps&apos; or &apos;xpu&apos;.</source>
        <translation>&apos;auto&apos;, &apos;cpu&apos;, &apos;cuda:0&apos;, &apos;mps&apos; oder &apos;xpu&apos;.</translation>
    </message>
    <message>
        <source>&apos;demo&apos;, a Hub id such as org/name, a model folder, or a GGUF file; empty until one is chosen.</source>
        <translation>„demo“, ein Name auf dem Hub wie org/name, ein Modellordner oder eine GGUF-Datei; leer, bis eines gewählt ist.</translation>
    </message>
    <message>
        <source>* Other programs took up to {0} of the processor while this was measured, so that the speeds cannot be compared. Measure them again when the computer is quiet.</source>
        <translation>* Andere Programme haben während der Messung bis zu {0} des Prozessors genutzt, sodass das Tempo nicht vergleichbar ist. Messen Sie es erneut, wenn der Rechner ruhig ist.</translation>
    </message>
    <message>
        <source>, and {0:.4f} to {1:.4f} on text from elsewhere</source>
        <translation>, und {0:.4f} auf {1:.4f} auf fremdem Text</translation>
    </message>
    <message>
        <source>A baseline: removes the least missed layer, again and again.</source>
        <translation>Ein Vergleich: entfernt immer wieder die am wenigsten vermisste Schicht.</translation>
    </message>
    <message>
        <source>A baseline: swaps of layers in the best set so far.</source>
        <translation>Ein Vergleich: tauscht Schichten in der bisher besten Menge.</translation>
    </message>
    <message>
        <source>A baseline: the best of as many random sets.</source>
        <translation>Ein Vergleich: die beste von ebenso vielen zufälligen Mengen.</translation>
    </message>
    <message>
        <source>A baseline: the layers in a row that turn the hidden states least, at once.</source>
        <translation>Ein Vergleich: auf einmal die Schichten in Folge, die die verborgenen Zustände am wenigsten drehen.</translation>
    </message>
    <message>
        <source>A baseline: the layers that change the hidden states least, at once.</source>
        <translation>Ein Vergleich: auf einmal die Schichten, die die verborgenen Zustände am wenigsten ändern.</translation>
    </message>
    <message>
        <source>A baseline: the swarm as published, started anywhere, without scouts.</source>
        <translation>Ein Vergleich: der Schwarm wie veröffentlicht, beliebig gestartet, ohne Späher.</translation>
    </message>
    <message>
        <source>A baseline: the whales as published, started anywhere, without scouts.</source>
        <translation>Ein Vergleich: die Wale wie veröffentlicht, beliebig gestartet, ohne Späher.</translation>
    </message>
    <message>
        <source>A folder for ONNX Runtime&apos;s own text generation: Windows, Android, iOS, Linux.</source>
        <translation>Ein Ordner für die Textgenerierung von ONNX Runtime: Windows, Android, iOS, Linux.</translation>
    </message>
    <message>
        <source>A plain ONNX graph with its cache as inputs, for any kind of model; your program runs the loop.</source>
        <translation>Ein einfacher ONNX-Graph mit dem Cache als Eingabe, für jede Art von Modell; die Schleife führt Ihr Programm aus.</translation>
    </message>
    <message>
        <source>A plain model folder for transformers and everything built on it.</source>
        <translation>Ein einfacher Modellordner für transformers und alles, was darauf aufbaut.</translation>
    </message>
    <message>
        <source>After step {0} recovery memorised its windows: up to step {1} the loss on them fell from {2:.4f} to {3:.4f}, while the validation KL rose from {4:.4f} to {5:.4f}. The weights of step {6} are kept; more text would help more.</source>
        <translation>Nach Schritt {0} lernte die Wiederherstellung ihre Fenster auswendig: Bis Schritt {1} fiel der Verlust darauf von {2:.4f} auf {3:.4f}, während die Validierungs-KL von {4:.4f} auf {5:.4f} stieg. Die Gewichte von Schritt {6} bleiben; mehr Text würde mehr helfen.</translation>
    </message>
    <message>
        <source>After {0} steps the recovery&apos;s loss is no longer a number and training ends here; try a recovery.learning_rate below {1:g}.</source>
        <translation>Nach {0} Schritten ist der Verlust keine Zahl mehr, und das Training endet hier; versuchen Sie eine recovery.learning_rate unter {1:g}.</translation>
    </message>
    <message>
        <source>After {0} steps the validation KL is above that of the start, so training begins there again, with a learning rate of at most {1:g}.</source>
        <translation>Nach {0} Schritten ist die Validierungs-KL höher als am Anfang; darum beginnt das Training dort erneut, mit einer Lernrate von höchstens {1:g}.</translation>
    </message>
    <message>
        <source>Agreement of their sets</source>
        <translation>Übereinstimmung ihrer Mengen</translation>
    </message>
    <message>
        <source>All {0} layers are protected, so none can be removed; protect fewer.</source>
        <translation>Alle {0} Schichten sind geschützt, sodass keine entfernt werden kann; schützen Sie weniger.</translation>
    </message>
    <message>
        <source>Also train the LM head, where it is not tied to the embedding; needs more memory.</source>
        <translation>Neben den Adaptern den LM-Kopf trainieren, wo er nicht zugleich die Einbettung ist; braucht Speicher.</translation>
    </message>
    <message>
        <source>Also train the norms of the layers with adapters, and the final norm.</source>
        <translation>Neben den Adaptern auch die Normen ihrer Schichten und die letzte Norm trainieren.</translation>
    </message>
    <message>
        <source>Angular distance</source>
        <translation>Winkelabstand</translation>
    </message>
    <message>
        <source>Answering in a dozen languages</source>
        <translation>Antwortet in einem Dutzend Sprachen</translation>
    </message>
    <message>
        <source>Answers in the language of the question</source>
        <translation>Antworten in der Sprache der Frage</translation>
    </message>
    <message>
        <source>Answers scored at once; halved when memory runs out.</source>
        <translation>Antworten, die das Modell zugleich liest; halbiert, wenn der Speicher ausgeht.</translation>
    </message>
    <message>
        <source>Answers that come to an end</source>
        <translation>Antworten, die zu einem Ende kommen</translation>
    </message>
    <message>
        <source>Apply the LM head to every n-th position only while candidates are scored.</source>
        <translation>Nur jede n-te Stelle geht durch den LM-Kopf, während Kandidaten verglichen werden.</translation>
    </message>
    <message>
        <source>Apply the model&apos;s chat template to conversations, and to text that an instruction model generates; recovery&apos;s texts included.</source>
        <translation>Gespräche durch die Chat-Vorlage des Modells lesen und ein Instruktionsmodell seinen eigenen Text durch sie schreiben lassen, auch für die Wiederherstellung.</translation>
    </message>
    <message>
        <source>As the source</source>
        <translation>Wie die Quelle</translation>
    </message>
    <message>
        <source>Asking the Hub for {0}</source>
        <translation>Fragt den Hub nach {0}</translation>
    </message>
    <message>
        <source>Attention window</source>
        <translation>Aufmerksamkeitsfenster</translation>
    </message>
    <message>
        <source>Batch sizes of the speed measurement.</source>
        <translation>Anfänge, die bei der Geschwindigkeitsmessung zugleich gelesen werden.</translation>
    </message>
    <message>
        <source>Best removal sets of the search that are folded and scored again, since the order changes; 1 keeps the search&apos;s own answer.</source>
        <translation>Beste Mengen der Suche, die ausgeglichen und erneut bewertet werden, da sich die Reihenfolge ändert; 1 behält die Antwort der Suche.</translation>
    </message>
    <message>
        <source>Bits per byte, {0}</source>
        <translation>Bit je Byte, {0}</translation>
    </message>
    <message>
        <source>Bits per weight</source>
        <translation>Bit je Gewicht</translation>
    </message>
    <message>
        <source>Block Influence</source>
        <translation>Block Influence</translation>
    </message>
    <message>
        <source>Branch, tag or commit of a Hub model.</source>
        <translation>Zweig, Tag oder Commit eines Hub-Modells.</translation>
    </message>
    <message>
        <source>Byte perplexity, {0}</source>
        <translation>Perplexität je Byte, {0}</translation>
    </message>
    <message>
        <source>Calibration text: generated by the dense model, a local file, a Hub data set, or a mix.</source>
        <translation>Text, den das dichte Modell selbst schreibt, eine lokale Datei, ein Datensatz vom Hub oder eine Mischung.</translation>
    </message>
    <message>
        <source>Candidates measured</source>
        <translation>Gemessene Kandidaten</translation>
    </message>
    <message>
        <source>Candidates per iteration.</source>
        <translation>Kandidaten in jeder Iteration.</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Choose these swaps with a model fitted to all candidates so far; off chooses them at random.</source>
        <translation>Die Tausche versuchen, von denen ein Modell der bisherigen Kandidaten am meisten erwartet; aus ist Zufall.</translation>
    </message>
    <message>
        <source>Cloud, a million tokens</source>
        <translation>Cloud, eine Million Token</translation>
    </message>
    <message>
        <source>Cloud, paid back after</source>
        <translation>Cloud, amortisiert nach</translation>
    </message>
    <message>
        <source>Cloud, paid back in</source>
        <translation>Cloud, amortisiert in</translation>
    </message>
    <message>
        <source>Cloud, saved by a million tokens</source>
        <translation>Cloud, gespart je Million Token</translation>
    </message>
    <message>
        <source>Cloud, this run</source>
        <translation>Cloud, dieser Lauf</translation>
    </message>
    <message>
        <source>Comparing the weights</source>
        <translation>Vergleicht die Gewichte</translation>
    </message>
    <message>
        <source>Comparing the weights with the source</source>
        <translation>Vergleicht die Gewichte mit der Quelle</translation>
    </message>
    <message>
        <source>Compensated</source>
        <translation>Ausgeglichen</translation>
    </message>
    <message>
        <source>Compensation did not help: the pruned model is kept as it is.</source>
        <translation>Der Ausgleich half nicht: Das beschnittene Modell bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Compensation is switched off; the pruned model stays.</source>
        <translation>Der Ausgleich ist abgeschaltet; das beschnittene Modell bleibt.</translation>
    </message>
    <message>
        <source>Context length for which the size of the KV cache is reported.</source>
        <translation>Kontext, für den der KV-Cache gezählt wird.</translation>
    </message>
    <message>
        <source>Continuing the prompts</source>
        <translation>Setzt die Eingaben fort</translation>
    </message>
    <message>
        <source>Copying the blocks</source>
        <translation>Kopiert die Blöcke</translation>
    </message>
    <message>
        <source>Copying the text decoder</source>
        <translation>Kopiert den Text-Decoder</translation>
    </message>
    <message>
        <source>Currency of all prices, as a sign or a name.</source>
        <translation>Zeichen oder Name der Währung aller Preise.</translation>
    </message>
    <message>
        <source>Decay of the learning rate after the warm-up.</source>
        <translation>Wie die Lernrate nach ihrem Anstieg fällt.</translation>
    </message>
    <message>
        <source>Decode in tokens/s, {0} × {1} tokens</source>
        <translation>Schreiben in Token/s, {0} × {1} Token</translation>
    </message>
    <message>
        <source>Decode speed</source>
        <translation>Schreibtempo</translation>
    </message>
    <message>
        <source>Decode, times dense</source>
        <translation>Schreibtempo, mal dicht</translation>
    </message>
    <message>
        <source>Decoder layers</source>
        <translation>Decoder-Schichten</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>Dicht</translation>
    </message>
    <message>
        <source>Dequantising {0}</source>
        <translation>Dequantisiert {0}</translation>
    </message>
    <message>
        <source>Devices of that kind that score candidates and write text together, the named one first (on a CPU, processes that share its cores); 0 means all of them.</source>
        <translation>Geräte dieser Art, die gemeinsam Kandidaten bewerten und Text schreiben, das genannte zuerst (auf einer CPU Prozesse, die sich ihre Kerne teilen); 0 steht für alle.</translation>
    </message>
    <message>
        <source>Difference ± standard error over {0} samples that both answered; 95 % within {1} to {2}.</source>
        <translation>Unterschied ± Standardfehler über {0} Proben, die beide beantwortet haben; 95 % zwischen {1} und {2}.</translation>
    </message>
    <message>
        <source>Difference ± standard error over {0} samples; 95 % within {1} to {2}.</source>
        <translation>Unterschied ± Standardfehler über {0} Proben; 95 % zwischen {1} und {2}.</translation>
    </message>
    <message>
        <source>Downloading the demo model (93 MB)</source>
        <translation>Lädt das Demo-Modell herunter (93 MB)</translation>
    </message>
    <message>
        <source>Downloading {0}</source>
        <translation>Lädt {0} herunter</translation>
    </message>
    <message>
        <source>End the search after this many iterations without a better set; 0 never ends it early.</source>
        <translation>Iterationen ohne bessere Menge, nach denen die Suche endet; 0 beendet sie nie vorzeitig.</translation>
    </message>
    <message>
        <source>Every candidate has the same accuracy on {0}, {1:.4f}, so chance chose among them; ask more questions (search.task_samples) or take another task.</source>
        <translation>Alle Kandidaten sind auf {0} gleich genau, {1:.4f}; der Zufall wählte unter ihnen. Stellen Sie mehr Fragen (search.task_samples) oder nehmen Sie eine andere Aufgabe.</translation>
    </message>
    <message>
        <source>Evolution</source>
        <translation>Evolution</translation>
    </message>
    <message>
        <source>File formats of the export, such as safetensors, gguf:q8_0 or onnx_genai:int4; &apos;layerswarm formats&apos; lists them all.</source>
        <translation>Dateiformate des Exports, etwa safetensors, gguf:q8_0 oder onnx_genai:int4; &apos;layerswarm formats&apos; nennt alle.</translation>
    </message>
    <message>
        <source>Fitness to minimise: KL divergence from the dense model, perplexity of the calibration text, or the share of a task&apos;s questions that are answered wrongly.</source>
        <translation>Fitness: KL-Divergenz zum dichten Modell, Perplexität des Kalibrierungstextes oder der Anteil falsch beantworteter Fragen einer Aufgabe.</translation>
    </message>
    <message>
        <source>Fold what the removed layers did into the layers beside them.</source>
        <translation>Die Wirkung der entfernten Schichten in die Schichten daneben einrechnen.</translation>
    </message>
    <message>
        <source>Folded into</source>
        <translation>Eingerechnet in</translation>
    </message>
    <message>
        <source>Folder of a llama.cpp checkout whose converter and llama-quantize write GGUF; if empty, a converter is fetched once.</source>
        <translation>Ordner eines llama.cpp, dessen Umwandler und llama-quantize für GGUF benutzt werden; leer bedeutet einen Umwandler, der einmal geholt wird.</translation>
    </message>
    <message>
        <source>Folder with additional lm-eval task files, which can run code; may be empty.</source>
        <translation>Ordner mit weiteren Aufgaben für lm-eval, die Code ausführen können; leer für keinen.</translation>
    </message>
    <message>
        <source>Folder with benchmark files for the local_ tasks: hellaswag/validation.jsonl, arc_easy/test.jsonl and so on.</source>
        <translation>Ordner mit den Dateien für die local_-Aufgaben: hellaswag/validation.jsonl, arc_easy/test.jsonl und so weiter.</translation>
    </message>
    <message>
        <source>Folding set {0} of {1}</source>
        <translation>Faltet Menge {0} von {1}</translation>
    </message>
    <message>
        <source>Folding the removed layers</source>
        <translation>Faltet die entfernten Schichten</translation>
    </message>
    <message>
        <source>For Intel processors, graphics and NPUs; for any kind of model.</source>
        <translation>Für Prozessoren, Grafikchips und NPUs von Intel; für jede Art von Modell.</translation>
    </message>
    <message>
        <source>Generation with the KV cache</source>
        <translation>Schreiben mit dem KV-Cache</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>Gierig</translation>
    </message>
    <message>
        <source>Greedy tokens</source>
        <translation>Wahrscheinlichste Token</translation>
    </message>
    <message>
        <source>Growing a first set layer by layer</source>
        <translation>Lässt eine erste Menge Schicht für Schicht wachsen</translation>
    </message>
    <message>
        <source>Held-out KL to dense</source>
        <translation>Zurückgehaltene KL zum dichten Modell</translation>
    </message>
    <message>
        <source>Held-out perplexity</source>
        <translation>Zurückgehaltene Perplexität</translation>
    </message>
    <message>
        <source>Hub data set id when source is &apos;dataset&apos;.</source>
        <translation>Name des Datensatzes auf dem Hub, wenn die Quelle &apos;dataset&apos; ist.</translation>
    </message>
    <message>
        <source>Hub data set id when source is &apos;dataset&apos;; append &apos;:config&apos; to choose a configuration.</source>
        <translation>Name des Datensatzes auf dem Hub, wenn die Quelle &apos;dataset&apos; ist; &apos;name:teil&apos; nennt einen Teil.</translation>
    </message>
    <message>
        <source>Inertia weight of the first iteration.</source>
        <translation>Trägheitsgewicht der ersten Iteration.</translation>
    </message>
    <message>
        <source>Inertia weight of the last iteration.</source>
        <translation>Trägheitsgewicht der letzten Iteration.</translation>
    </message>
    <message>
        <source>Initial value of the coefficient a, which decreases to 0.</source>
        <translation>Anfang des Koeffizienten a, der auf 0 fällt.</translation>
    </message>
    <message>
        <source>Iteration {0} of {1}</source>
        <translation>Iteration {0} von {1}</translation>
    </message>
    <message>
        <source>Joining {0}</source>
        <translation>Fügt {0} zusammen</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>KL after</source>
        <translation>KL nachher</translation>
    </message>
    <message>
        <source>KL before</source>
        <translation>KL vorher</translation>
    </message>
    <message>
        <source>KL to the pruned model</source>
        <translation>KL zum beschnittenen Modell</translation>
    </message>
    <message>
        <source>KL, measured</source>
        <translation>KL, gemessen</translation>
    </message>
    <message>
        <source>KV cache, {0} tokens</source>
        <translation>KV-Cache, {0} Token</translation>
    </message>
    <message>
        <source>Largest change of a score per iteration, as a share of its range.</source>
        <translation>Größter Schritt einer Bewertung in einer Iteration, als Anteil ihrer Spanne.</translation>
    </message>
    <message>
        <source>Layer {0} is protected, but the model&apos;s layers are 0 to {1}; remove it from the protected layers (analysis.protected).</source>
        <translation>Schicht {0} ist geschützt, aber die Schichten des Modells sind 0 bis {1}; nehmen Sie sie aus den geschützten Schichten (analysis.protected).</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Layers behind each gap whose weights are fitted too, with the rest of the layer before it; 0 fits one weight before each gap.</source>
        <translation>Schichten hinter jeder Lücke, deren Gewichte ebenfalls angepasst werden, zusammen mit dem Rest der Schicht davor; 0 passt nur ein Gewicht vor jeder Lücke an.</translation>
    </message>
    <message>
        <source>Layers removed</source>
        <translation>Entfernte Schichten</translation>
    </message>
    <message>
        <source>Layers that are never removed; replaces the two counts above when given.</source>
        <translation>Genau diese Schichten sind geschützt; ersetzt die beiden Anzahlen darüber.</translation>
    </message>
    <message>
        <source>Length of a window.</source>
        <translation>Länge eines Fensters.</translation>
    </message>
    <message>
        <source>Length of the context whose KV cache must fit beside the weights.</source>
        <translation>Token Kontext, die auch noch hineinpassen müssen.</translation>
    </message>
    <message>
        <source>Limit on the tokens that the search sends through the model, counted as whole forward passes.</source>
        <translation>Token, die die Suche durch das Modell schicken darf, je ein ganzer Durchlauf.</translation>
    </message>
    <message>
        <source>Linear layers of each block that get adapters.</source>
        <translation>Welche linearen Schichten eines Blocks Adapter bekommen.</translation>
    </message>
    <message>
        <source>LoRA alpha; the adapter&apos;s scale is alpha / rank.</source>
        <translation>Alpha von LoRA; die Skala des Adapters ist alpha / rank.</translation>
    </message>
    <message>
        <source>LoRA dropout.</source>
        <translation>Dropout von LoRA.</translation>
    </message>
    <message>
        <source>LoRA rank.</source>
        <translation>Rang von LoRA.</translation>
    </message>
    <message>
        <source>LoRA, with a rank-stabilised scale (Kalajdzievski 2023), or DoRA (Liu et al. 2024).</source>
        <translation>LoRA, mit rangstabiler Skala (Kalajdzievski 2023), oder DoRA (Liu et al. 2024).</translation>
    </message>
    <message>
        <source>Load the frozen weights in 4 bits while training (QLoRA); needs bitsandbytes and a GPU.</source>
        <translation>Die eingefrorenen Gewichte beim Training in 4 Bit halten (QLoRA); braucht eine GPU und bitsandbytes.</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Lädt das Modell</translation>
    </message>
    <message>
        <source>Loading the model in 4 bits</source>
        <translation>Lädt das Modell in 4 Bit</translation>
    </message>
    <message>
        <source>Local text file (.txt, .jsonl, .json, .parquet, .csv, .tsv; .gz or .zst) when source is &apos;file&apos;.</source>
        <translation>Lokale Textdatei (.txt, .jsonl, .json, .parquet, .csv, .tsv; .gz oder .zst), wenn die Quelle &apos;file&apos; ist.</translation>
    </message>
    <message>
        <source>Local text file when source is &apos;file&apos;.</source>
        <translation>Lokale Textdatei, wenn die Quelle &apos;file&apos; ist.</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>Longest answer to each of a dozen questions in different languages, which show whether a model still answers in the language that it is asked in and ends its answers; 0 leaves this check out.</source>
        <translation>Längste Antwort auf jede von einem Dutzend Fragen in verschiedenen Sprachen; sie zeigen, ob ein Modell noch in der Sprache antwortet, in der es gefragt wird, und ob es seine Antworten beendet; 0 lässt diese Prüfung aus.</translation>
    </message>
    <message>
        <source>Longest context for perplexity on a text; 0 means the model&apos;s context length.</source>
        <translation>Längster Kontext für die Perplexität eines Textes; 0 bedeutet den des Modells.</translation>
    </message>
    <message>
        <source>Loss after retraining</source>
        <translation>Verlust nach dem Nachtrainieren</translation>
    </message>
    <message>
        <source>Loss before retraining</source>
        <translation>Verlust vor dem Nachtrainieren</translation>
    </message>
    <message>
        <source>Loss of</source>
        <translation>Verlust an</translation>
    </message>
    <message>
        <source>Loss: KL divergence from the dense model over its 256 most likely tokens and the rest, cross-entropy with the text&apos;s next token, or both.</source>
        <translation>Verlust: KL-Divergenz zum dichten Modell über dessen 256 wahrscheinlichste Token und den Rest, Kreuzentropie mit dem nächsten Token des Textes oder beides.</translation>
    </message>
    <message>
        <source>Lowest layer with adapters: the first layer, the one halfway to the first removed layer, or the one right after that. Layers below it run only once.</source>
        <translation>Unterste Schicht mit Adaptern: die allererste, auf halbem Weg zur ersten entfernten oder gleich hinter dieser. Was darunter liegt, wird nur einmal berechnet.</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Maximum size of the result on disk (MB).</source>
        <translation>Größte Größe des Ergebnisses auf der Platte (10^6 Byte).</translation>
    </message>
    <message>
        <source>Measured on all windows for the layers {0}. The others cost more on the first windows, so theirs is estimated from those ({1}).</source>
        <translation>Für die Schichten {0} auf allen Fenstern gemessen. Die übrigen kosten auf den ersten Fenstern mehr; ihr Wert ist aus diesen geschätzt ({1}).</translation>
    </message>
    <message>
        <source>Measurements without improvement after which training stops; 0 means never.</source>
        <translation>Messungen ohne eine bessere, nach denen das Training endet; 0 bedeutet nie.</translation>
    </message>
    <message>
        <source>Measuring on the held-out windows</source>
        <translation>Misst auf den zurückgehaltenen Fenstern</translation>
    </message>
    <message>
        <source>Measuring on {0}</source>
        <translation>Misst auf {0}</translation>
    </message>
    <message>
        <source>Memory of the device that the engine may use (MB); 0 means nine tenths of what is free. A model that does not fit is run with its layers fetched one after the other.</source>
        <translation>Speicher des Geräts, den die Engine verwenden darf (MB); 0 bedeutet neun Zehntel des freien Speichers. Ein Modell, das nicht hineinpasst, wird gerechnet, indem seine Schichten eine nach der anderen geholt werden.</translation>
    </message>
    <message>
        <source>Memory ran out; training continues with {0} windows at once.</source>
        <translation>Der Speicher reichte nicht; das Training geht mit {0} Fenstern auf einmal weiter.</translation>
    </message>
    <message>
        <source>Memory there</source>
        <translation>Speicher dort</translation>
    </message>
    <message>
        <source>Merging {0} into {1}</source>
        <translation>{0} wird in {1} eingearbeitet</translation>
    </message>
    <message>
        <source>Metric of the task, between 0 and 1, higher is better: acc, acc_norm, exact_match.</source>
        <translation>Kennzahl der Aufgabe zwischen 0 und 1, mehr ist besser: acc, acc_norm, exact_match.</translation>
    </message>
    <message>
        <source>Minimum decode speed-up, estimated by assuming that each token reads all weights.</source>
        <translation>Um das Wievielfache mindestens schneller geschrieben wird, geschätzt: jedes Token liest alle Gewichte.</translation>
    </message>
    <message>
        <source>Minimum share of the model&apos;s bytes to remove.</source>
        <translation>Anteil der Bytes des Modells, der mindestens entfernt wird.</translation>
    </message>
    <message>
        <source>Model to export; best is the recovered one where recovery helped, else the compensated one.</source>
        <translation>Modell für den Export; best ist das wiederhergestellte, wo die Wiederherstellung half, sonst das ausgeglichene.</translation>
    </message>
    <message>
        <source>Most inputs of a linear layer for which its weight itself is fitted, which takes 24 bytes times their square; a wider one is multiplied by a fitted matrix of the hidden size.</source>
        <translation>Größte Zahl von Eingängen, bei der das Gewicht selbst angepasst wird, was 24 Byte mal ihr Quadrat braucht; eine breitere Schicht wird mit einer angepassten Matrix der verborgenen Größe multipliziert.</translation>
    </message>
    <message>
        <source>Most workers of the cluster; 0 means one for each GPU, or for each node where the model runs on a CPU.</source>
        <translation>Höchstzahl der Helfer im Cluster; 0 steht für einen je GPU, oder je Rechner, wenn das Modell auf einer CPU läuft.</translation>
    </message>
    <message>
        <source>No layer is removed, so there is nothing to compensate.</source>
        <translation>Keine Schicht wird entfernt; es gibt nichts auszugleichen.</translation>
    </message>
    <message>
        <source>No layer is removed, so there is nothing to recover.</source>
        <translation>Keine Schicht wird entfernt; es gibt nichts wiederherzustellen.</translation>
    </message>
    <message>
        <source>No model is given; give &apos;demo&apos;, a Hub id, a model folder or a GGUF file.</source>
        <translation>Es ist kein Modell angegeben; geben Sie „demo“, eine Hub-ID, einen Modellordner oder eine GGUF-Datei an.</translation>
    </message>
    <message>
        <source>No saving is stated: other programs kept the computer busy while the speeds were measured.</source>
        <translation>Keine Ersparnis wird genannt: Andere Programme haben den Rechner beschäftigt, während das Tempo gemessen wurde.</translation>
    </message>
    <message>
        <source>No saving is stated: the speeds of both models differ by no more than their repeats.</source>
        <translation>Keine Ersparnis wird genannt: Das Tempo beider Modelle unterscheidet sich nicht stärker als ihre Wiederholungen.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>Number format of the weights in memory; &apos;auto&apos; measures which one a CPU computes fastest.</source>
        <translation>Zahlenformat der Gewichte im Speicher; auto misst, womit ein Prozessor schnell ist.</translation>
    </message>
    <message>
        <source>Number format of the weights on the device.</source>
        <translation>Zahlenformat der Gewichte auf dem Gerät.</translation>
    </message>
    <message>
        <source>Number of calibration windows on which candidates are scored.</source>
        <translation>Kalibrierungsfenster, die jeder Kandidat sieht.</translation>
    </message>
    <message>
        <source>Number of decoder layers to remove.</source>
        <translation>Decoder-Schichten, die entfernt werden.</translation>
    </message>
    <message>
        <source>Number of distinct training windows.</source>
        <translation>Verschiedene Trainingsfenster.</translation>
    </message>
    <message>
        <source>Number of first layers that are never removed.</source>
        <translation>Schichten am Anfang, die nie entfernt werden.</translation>
    </message>
    <message>
        <source>Number of held-out windows, which neither search nor recovery uses.</source>
        <translation>Zurückgehaltene Fenster, die weder Suche noch Wiederherstellung je sehen.</translation>
    </message>
    <message>
        <source>Number of iterations.</source>
        <translation>Iterationen des Schwarms.</translation>
    </message>
    <message>
        <source>Number of last layers that are never removed.</source>
        <translation>Schichten am Ende, die nie entfernt werden.</translation>
    </message>
    <message>
        <source>Number of nested calibration levels; with 1, every candidate is scored on all windows.</source>
        <translation>Ineinanderliegende Kalibrierungsstufen; bei 1 sieht jeder Kandidat alle Fenster.</translation>
    </message>
    <message>
        <source>Number of the task&apos;s questions on which finalists are scored.</source>
        <translation>Fragen der Aufgabe, die ein Finalist beantwortet.</translation>
    </message>
    <message>
        <source>One file for llama.cpp, Ollama, LM Studio and others: computers, boards and phones.</source>
        <translation>Eine Datei für llama.cpp, Ollama, LM Studio und andere: Computer, Platinen und Telefone.</translation>
    </message>
    <message>
        <source>Only {0} recovery windows in {1}</source>
        <translation>Nur {0} Fenster für die Wiederherstellung in {1}</translation>
    </message>
    <message>
        <source>Optimiser steps.</source>
        <translation>Schritte des Optimierers.</translation>
    </message>
    <message>
        <source>Own computer, a million tokens</source>
        <translation>Eigener Rechner, eine Million Token</translation>
    </message>
    <message>
        <source>Own computer, an hour of writing</source>
        <translation>Eigener Rechner, eine Stunde Schreiben</translation>
    </message>
    <message>
        <source>Own computer, paid back after</source>
        <translation>Eigener Rechner, amortisiert nach</translation>
    </message>
    <message>
        <source>Own computer, paid back in</source>
        <translation>Eigener Rechner, amortisiert in</translation>
    </message>
    <message>
        <source>Own computer, saved by a million tokens</source>
        <translation>Eigener Rechner, gespart je Million Token</translation>
    </message>
    <message>
        <source>Own computer, this run</source>
        <translation>Eigener Rechner, dieser Lauf</translation>
    </message>
    <message>
        <source>PSO</source>
        <translation>PSO</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Particle swarm</source>
        <translation>Partikelschwarm</translation>
    </message>
    <message>
        <source>Particles move towards their own and their neighbours&apos; best sets.</source>
        <translation>Partikel bewegen sich auf die besten Mengen ihrer selbst und ihrer Nachbarn zu.</translation>
    </message>
    <message>
        <source>Paused; the device is free. Run again to continue from here.</source>
        <translation>Angehalten; das Gerät ist frei. Starten Sie erneut, um von hier fortzufahren.</translation>
    </message>
    <message>
        <source>Peak learning rate.</source>
        <translation>Höchste Lernrate.</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>Speicherspitze</translation>
    </message>
    <message>
        <source>Peak memory, {0} × {1} tokens</source>
        <translation>Speicherspitze, {0} × {1} Token</translation>
    </message>
    <message>
        <source>Perplexity, {0}</source>
        <translation>Perplexität, {0}</translation>
    </message>
    <message>
        <source>Power consumption while generating text.</source>
        <translation>Elektrische Leistung, während er schreibt.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Prefill in tokens/s, {0} × {1} tokens</source>
        <translation>Einlesen in Token/s, {0} × {1} Token</translation>
    </message>
    <message>
        <source>Prefill speed</source>
        <translation>Einlesetempo</translation>
    </message>
    <message>
        <source>Prefill, times dense</source>
        <translation>Einlesetempo, mal dicht</translation>
    </message>
    <message>
        <source>Price of a rented computer per hour; 0 for none.</source>
        <translation>Preis eines gemieteten Computers für eine Stunde; 0 für keinen.</translation>
    </message>
    <message>
        <source>Price of electricity per kilowatt-hour.</source>
        <translation>Preis einer Kilowattstunde.</translation>
    </message>
    <message>
        <source>Price of the computer that runs the model; 0 for none.</source>
        <translation>Preis des Computers, auf dem das Modell läuft; 0 für keinen.</translation>
    </message>
    <message>
        <source>Probability p of the spiral move instead of encircling.</source>
        <translation>Wahrscheinlichkeit p der Spirale anstelle des Umkreisens.</translation>
    </message>
    <message>
        <source>Processes that share every batch, one per GPU (on a CPU they share its cores); 0 means one for each GPU.</source>
        <translation>Prozesse, die sich jeden Stapel teilen, einer auf jeder GPU (auf einer CPU teilen sie sich die Kerne); 0 bedeutet einen je GPU.</translation>
    </message>
    <message>
        <source>Prompt lengths of the speed measurement.</source>
        <translation>Eingabelängen der Geschwindigkeitsmessung.</translation>
    </message>
    <message>
        <source>Prompts that every model continues, for reading side by side.</source>
        <translation>Anfänge, die jedes Modell weiterschreibt, um sie nebeneinander zu lesen.</translation>
    </message>
    <message>
        <source>Pruned</source>
        <translation>Beschnitten</translation>
    </message>
    <message>
        <source>Pull towards a particle&apos;s own best position (cognitive coefficient).</source>
        <translation>Zug zur besten eigenen Lage eines Partikels.</translation>
    </message>
    <message>
        <source>Pull towards the neighbourhood&apos;s best position (social coefficient).</source>
        <translation>Zug zur besten Lage der Nachbarschaft.</translation>
    </message>
    <message>
        <source>Quantising to {0}, tensor {1} of {2}</source>
        <translation>Quantisiert auf {0}, Tensor {1} von {2}</translation>
    </message>
    <message>
        <source>RAM for hidden states while candidates are scored (MB); states that do not fit are recomputed, or written to disk where layers are fetched one after the other.</source>
        <translation>Speicher für verborgene Zustände, während Kandidaten bewertet werden (10^6 Byte); was nicht hineinpasst, wird neu berechnet oder auf die Platte geschrieben, wenn Schichten eine nach der anderen geholt werden.</translation>
    </message>
    <message>
        <source>RAM for the dense model&apos;s outputs on the training windows (MB); the rest is stored on disk.</source>
        <translation>Speicher für das, was das dichte Modell zu den Trainingsfenstern sagt (10^6 Byte); was darüber hinausgeht, liegt auf der Platte.</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>Ray cluster whose devices help, all of the kind of this one: &apos;auto&apos; for the one that runs on this machine, &apos;ray://HOST:10001&apos; or &apos;HOST:6379&apos;; empty for none.</source>
        <translation>Ray-Cluster, dessen Geräte mithelfen, alle von der Art dieses Geräts: &apos;auto&apos; für den Cluster auf diesem Rechner, &apos;ray://HOST:10001&apos; oder &apos;HOST:6379&apos;; leer für keinen.</translation>
    </message>
    <message>
        <source>Reading the dense model</source>
        <translation>Liest das dichte Modell</translation>
    </message>
    <message>
        <source>Reading {0}</source>
        <translation>Liest {0}</translation>
    </message>
    <message>
        <source>Recompute each layer&apos;s activations in the backward pass instead of storing them; saves memory, costs time.</source>
        <translation>Jede Schicht zweimal berechnen, statt aufzuheben, was sie für ihren Gradienten braucht.</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Recovery did not help (validation KL {0:.4f} before, {1:.4f} after{2}): the {3} model is kept as it is.</source>
        <translation>Die Wiederherstellung half nicht (Validierungs-KL {0:.4f} vorher, {1:.4f} nachher{2}): Das Modell „{3}“ bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Recovery ended before its first measurement of trained weights: the {0} model is kept as it is (validation KL {1:.4f}).</source>
        <translation>Die Wiederherstellung endete vor ihrer ersten Messung trainierter Gewichte: Das Modell „{0}“ bleibt, wie es ist (Validierungs-KL {1:.4f}).</translation>
    </message>
    <message>
        <source>Recovery goes on from its checkpoint at step {0}.</source>
        <translation>Die Wiederherstellung fährt mit ihrem Zwischenstand bei Schritt {0} fort.</translation>
    </message>
    <message>
        <source>Recovery is switched off; the {0} model stays.</source>
        <translation>Die Wiederherstellung ist abgeschaltet; das Modell „{0}“ bleibt.</translation>
    </message>
    <message>
        <source>Recovery overfitted to its own text (validation KL {0:.4f} to {1:.4f}{2}): give it more text, or more kinds of text.</source>
        <translation>Die Wiederherstellung hat sich dem eigenen Text überangepasst (Validierungs-KL {0:.4f} auf {1:.4f}{2}): Geben Sie ihr mehr Text, oder mehr Arten von Text.</translation>
    </message>
    <message>
        <source>Recovery trains {0:,} adapter weights from layer {1} upward, {2} processes together; what lies below is computed once.</source>
        <translation>Die Wiederherstellung trainiert {0:,} Adaptergewichte ab Schicht {1}, {2} Prozesse zusammen; was darunter liegt, wird einmal berechnet.</translation>
    </message>
    <message>
        <source>Recovery trains {0:,} adapter weights from layer {1} upward; what lies below is computed once.</source>
        <translation>Die Wiederherstellung trainiert {0:,} Adaptergewichte ab Schicht {1}; was darunter liegt, wird einmal berechnet.</translation>
    </message>
    <message>
        <source>Refitting the layers beside them</source>
        <translation>Passt die Schichten daneben neu an</translation>
    </message>
    <message>
        <source>Reloading the export and comparing</source>
        <translation>Lädt den Export neu und vergleicht</translation>
    </message>
    <message>
        <source>Removed layers</source>
        <translation>Entfernte Schichten</translation>
    </message>
    <message>
        <source>Removing each layer alone</source>
        <translation>Entfernt jede Schicht einzeln</translation>
    </message>
    <message>
        <source>Repetition within the answers</source>
        <translation>Wiederholung innerhalb der Antworten</translation>
    </message>
    <message>
        <source>Replace repeated candidates with a neighbour; off is the textbook algorithm.</source>
        <translation>Ein schon gefragter Kandidat wird gegen einen Nachbarn getauscht; aus ist der Algorithmus wie im Lehrbuch.</translation>
    </message>
    <message>
        <source>Ridge</source>
        <translation>Regularisierung</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Running the dense model on the calibration windows</source>
        <translation>Rechnet das dichte Modell auf den Kalibrierungsfenstern</translation>
    </message>
    <message>
        <source>Running the dense model on the held-out windows</source>
        <translation>Rechnet das dichte Modell auf den zurückgehaltenen Fenstern</translation>
    </message>
    <message>
        <source>Running the dense model on the questions of {0}</source>
        <translation>Rechnet das dichte Modell auf den Fragen von {0}</translation>
    </message>
    <message>
        <source>Running the dense model on the text</source>
        <translation>Rechnet das dichte Modell auf dem Text</translation>
    </message>
    <message>
        <source>Running the dense model on the windows of the compensation</source>
        <translation>Rechnet das dichte Modell auf den Fenstern des Ausgleichs</translation>
    </message>
    <message>
        <source>Running the model in memory</source>
        <translation>Rechnet das Modell im Speicher</translation>
    </message>
    <message>
        <source>Running the pruned model</source>
        <translation>Rechnet das beschnittene Modell</translation>
    </message>
    <message>
        <source>Running the pruned model layer by layer</source>
        <translation>Rechnet das beschnittene Modell Schicht für Schicht</translation>
    </message>
    <message>
        <source>Running the task {0}</source>
        <translation>Rechnet die Aufgabe {0}</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Laufzeitumgebung</translation>
    </message>
    <message>
        <source>Samples per task; 0 means all.</source>
        <translation>Beispiele je Aufgabe; 0 bedeutet alle.</translation>
    </message>
    <message>
        <source>Scoring on all calibration windows</source>
        <translation>Bewertet auf allen Kalibrierungsfenstern</translation>
    </message>
    <message>
        <source>Search algorithm: a swarm, a baseline, or one that another package provides.</source>
        <translation>Suchalgorithmus: ein Schwarm, ein Vergleich oder einer, den ein anderes Paket mitbringt.</translation>
    </message>
    <message>
        <source>Search time</source>
        <translation>Suchzeit</translation>
    </message>
    <message>
        <source>Search, fold and train with the model&apos;s linear layers in 4 bits (NF4), which needs bitsandbytes. Evaluation and export take the weights as they are.</source>
        <translation>Mit den linearen Schichten des Modells in 4 Bit (NF4) suchen, falten und trainieren, wozu bitsandbytes nötig ist. Auswertung und Export nehmen die Gewichte, wie sie sind.</translation>
    </message>
    <message>
        <source>Searches</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Searching with {0}, seed {1}</source>
        <translation>Sucht mit {0}, Startwert {1}</translation>
    </message>
    <message>
        <source>Seed for generating text and for splitting it into windows.</source>
        <translation>Startwert der Texterzeugung und der Aufteilung in Fenster.</translation>
    </message>
    <message>
        <source>Seed of the adapters&apos; initial weights and of the data order.</source>
        <translation>Startwert der Adapter und der Reihenfolge der Daten.</translation>
    </message>
    <message>
        <source>Seed of the search.</source>
        <translation>Startwert der Suche.</translation>
    </message>
    <message>
        <source>Shape b of the logarithmic spiral.</source>
        <translation>Form b der logarithmischen Spirale.</translation>
    </message>
    <message>
        <source>Share of a level&apos;s candidates that are promoted to the next level.</source>
        <translation>Anteil der Kandidaten einer Stufe, die auf die nächste kommen.</translation>
    </message>
    <message>
        <source>Share of each iteration that tries swaps of one layer in the best set; 0 is the textbook algorithm.</source>
        <translation>Anteil jeder Iteration, der in der besten Menge eine Schicht tauscht; 0 ist wie im Lehrbuch.</translation>
    </message>
    <message>
        <source>Share of the steps during which the learning rate rises (warm-up).</source>
        <translation>Anteil der Schritte, in denen die Lernrate steigt.</translation>
    </message>
    <message>
        <source>Share of the time during which the computer generates text.</source>
        <translation>Anteil der Zeit, in der er schreibt.</translation>
    </message>
    <message>
        <source>Share of the windows on which every candidate is scored; null chooses it automatically.</source>
        <translation>Anteil der Fenster, die jeder Kandidat sieht; null wählt selbst.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>Größe auf der Platte</translation>
    </message>
    <message>
        <source>Size reduction</source>
        <translation>Verkleinerung</translation>
    </message>
    <message>
        <source>Smallest number of layers to remove: every number from here to the budget is searched, and the weights choose among them; null removes exactly the budget.</source>
        <translation>Kleinste Zahl entfernter Schichten: jede Zahl von hier bis zum Budget wird durchsucht, und die Gewichtung wählt; null entfernt genau das Budget.</translation>
    </message>
    <message>
        <source>Solved examples before each question (few-shot); each task&apos;s own number by default.</source>
        <translation>Gelöste Beispiele vor jeder Frage; ohne Angabe die eigene Zahl jeder Aufgabe.</translation>
    </message>
    <message>
        <source>Speed there</source>
        <translation>Tempo dort</translation>
    </message>
    <message>
        <source>Split of the Hub data set.</source>
        <translation>Aufteilung (split) des Datensatzes vom Hub.</translation>
    </message>
    <message>
        <source>Spread of their fitness</source>
        <translation>Streuung ihrer Fitness</translation>
    </message>
    <message>
        <source>Start part of the population from sets that the analysis suggests.</source>
        <translation>Einen Teil des Schwarms bei dem beginnen lassen, was die Analyse fand.</translation>
    </message>
    <message>
        <source>Step {0} was the best; {1} measurements since then were no better, so training ends at step {2}.</source>
        <translation>Schritt {0} war der beste; {1} Messungen seitdem waren nicht besser; darum endet das Training bei Schritt {2}.</translation>
    </message>
    <message>
        <source>Steps between measurements on the validation windows; each writes a checkpoint.</source>
        <translation>Schritte zwischen zwei Messungen auf den Validierungsfenstern; jede schreibt einen Zwischenstand.</translation>
    </message>
    <message>
        <source>Stopped; all results so far are kept. Run again to continue from here.</source>
        <translation>Gestoppt; alle bisherigen Ergebnisse bleiben. Starten Sie erneut, um von hier fortzufahren.</translation>
    </message>
    <message>
        <source>Strengths of the ridge to choose from on the validation windows, relative to the mean square of the layer&apos;s activations; a layer that none of them helps stays as it is.</source>
        <translation>Stärken der Regularisierung, aus denen auf den Validierungsfenstern gewählt wird, bezogen auf das mittlere Quadrat der Aktivierungen; eine Schicht, der keine hilft, bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Tensors of the original file</source>
        <translation>Tensoren der Originaldatei</translation>
    </message>
    <message>
        <source>Text files for perplexity; none means the held-out windows only.</source>
        <translation>Textdateien für die Perplexität; keine bedeutet nur die zurückgehaltenen Fenster.</translation>
    </message>
    <message>
        <source>Textbook PSO</source>
        <translation>Lehrbuch-PSO</translation>
    </message>
    <message>
        <source>Textbook WOA</source>
        <translation>Lehrbuch-WOA</translation>
    </message>
    <message>
        <source>Texts to interleave when source is &apos;mix&apos;: self, wikitext, web, instructions, a text file, or a Hub data set id; &apos;self:2&apos; has weight 2.</source>
        <translation>Texte, die sich abwechseln, wenn die Quelle &apos;mix&apos; ist: self, wikitext, web, instructions, eine Textdatei oder ein Datensatz vom Hub; &apos;self:2&apos; zählt doppelt.</translation>
    </message>
    <message>
        <source>Texts to interleave when source is &apos;mix&apos;: self, wikitext, web, instructions, a text file, or a Hub data set id; &apos;web:2&apos; has weight 2.</source>
        <translation>Texte, die sich abwechseln, wenn die Quelle &apos;mix&apos; ist: self, wikitext, web, instructions, eine Textdatei oder ein Datensatz vom Hub; &apos;web:2&apos; zählt doppelt.</translation>
    </message>
    <message>
        <source>The GGUF file that the model came from without the removed layers; the others stay byte for byte.</source>
        <translation>Die GGUF-Datei, aus der das Modell kam, ohne die entfernten Schichten; die übrigen bleiben Byte für Byte.</translation>
    </message>
    <message>
        <source>The adapter in {0} has no safetensors weights, and LayerSwarm opens no pickled ones because they can run code; save it again with save_pretrained() of a current PEFT.</source>
        <translation>Der Adapter in {0} hat keine Gewichte als safetensors, und LayerSwarm öffnet keine mit pickle gespeicherten, weil sie Code ausführen können; speichern Sie ihn mit save_pretrained() eines aktuellen PEFT neu.</translation>
    </message>
    <message>
        <source>The adapter in {0} has no weights ({1}); download or copy it again.</source>
        <translation>Der Adapter in {0} hat keine Gewichte ({1}); laden oder kopieren Sie ihn neu.</translation>
    </message>
    <message>
        <source>The adapter in {0} names the base model {1}, whose weights are quantised (bitsandbytes, {2} bit); set &apos;{3}&apos; in its {4} to the unquantised model, such as {5}.</source>
        <translation>Der Adapter in {0} nennt das Basismodell {1}, dessen Gewichte quantisiert sind (bitsandbytes, {2} Bit); setzen Sie „{3}“ in seiner {4} auf das nicht quantisierte Modell, etwa {5}.</translation>
    </message>
    <message>
        <source>The adapter in {0} was trained for {1} (task_type {2}), not for a language model that generates text; give one that was.</source>
        <translation>Der Adapter in {0} wurde für {1} trainiert (task_type {2}), nicht für ein Sprachmodell, das Text erzeugt; wählen Sie einen, der das wurde.</translation>
    </message>
    <message>
        <source>The answers are to {0} short questions, each in another language, with at most {1} tokens each. Repetition is the share of sequences of four tokens that stood in the same answer before. Compare with the dense model: what it cannot do either was not lost.</source>
        <translation>Beantwortet wurden {0} kurze Fragen, jede in einer anderen Sprache, mit höchstens {1} Tokens. Wiederholung ist der Anteil der Folgen von vier Tokens, die in derselben Antwort schon vorkamen. Vergleichen Sie mit dem dichten Modell: Was auch dieses nicht kann, ging nicht verloren.</translation>
    </message>
    <message>
        <source>The budget asks for {0:,.1f} MB less, but removing all {1} removable layers frees only {2:,.1f} of {3:,.1f} MB ({4:.1f} %); ask for less, or protect fewer layers.</source>
        <translation>Das Budget verlangt {0:,.1f} MB weniger, aber alle {1} entfernbaren Schichten machen nur {2:,.1f} von {3:,.1f} MB frei ({4:.1f} %); verlangen Sie weniger, oder schützen Sie weniger Schichten.</translation>
    </message>
    <message>
        <source>The budget asks to remove {0} layers, but only {1} of {2} may be removed; ask for fewer layers, or protect fewer.</source>
        <translation>Das Budget verlangt, {0} Schichten zu entfernen, aber nur {1} von {2} dürfen entfernt werden; verlangen Sie weniger Schichten, oder schützen Sie weniger.</translation>
    </message>
    <message>
        <source>The compensated weights are missing or damaged, so the layers are folded again.</source>
        <translation>Die ausgeglichenen Gewichte fehlen oder sind beschädigt; die Schichten werden erneut gefaltet.</translation>
    </message>
    <message>
        <source>The dense model writes calibration text</source>
        <translation>Das dichte Modell schreibt Kalibrierungstext</translation>
    </message>
    <message>
        <source>The dense model writes held-out text</source>
        <translation>Das dichte Modell schreibt zurückgehaltenen Text</translation>
    </message>
    <message>
        <source>The dense model writes recovery text</source>
        <translation>Das dichte Modell schreibt Text für die Wiederherstellung</translation>
    </message>
    <message>
        <source>The dense model writes text</source>
        <translation>Das dichte Modell schreibt Text</translation>
    </message>
    <message>
        <source>The dense model writes validation text</source>
        <translation>Das dichte Modell schreibt Validierungstext</translation>
    </message>
    <message>
        <source>The device ran out of memory while folding the best sets of the search, so the answer is the best of those that were folded before ({0}); see compensation.candidate_windows, compensation.candidates and compensation.widest for less memory.</source>
        <translation>Beim Falten der besten Mengen der Suche reichte der Speicher nicht; darum ist die Antwort die beste der vorher gefalteten ({0}). Weniger Speicher brauchen kleinere compensation.candidate_windows, compensation.candidates und compensation.widest.</translation>
    </message>
    <message>
        <source>The device ran out of memory while folding the best sets of the search, so the search&apos;s own answer stays; see compensation.candidate_windows, compensation.candidates and compensation.widest for less memory.</source>
        <translation>Beim Falten der besten Mengen der Suche reichte der Speicher nicht; darum bleibt die Antwort der Suche. Weniger Speicher brauchen kleinere compensation.candidate_windows, compensation.candidates und compensation.widest.</translation>
    </message>
    <message>
        <source>The device ran out of memory; choose fewer or shorter calibration windows, a smaller recovery batch (recovery.batch_windows) or another device. Finished work is kept.</source>
        <translation>Der Speicher des Geräts reichte nicht; wählen Sie weniger oder kürzere Kalibrierungsfenster, kleinere Stapel der Wiederherstellung (recovery.batch_windows) oder ein anderes Gerät. Fertige Arbeit bleibt erhalten.</translation>
    </message>
    <message>
        <source>The download of {0} was given up.</source>
        <translation>Das Herunterladen von {0} wurde aufgegeben.</translation>
    </message>
    <message>
        <source>The model does not fit into the memory of {0}: {1} of {2} layers are fetched from disk each time that they are applied.</source>
        <translation>Das Modell passt nicht in den Speicher von {0}: {1} von {2} Schichten werden bei jeder Anwendung von der Platte geholt.</translation>
    </message>
    <message>
        <source>The model does not fit into the memory of {0}: {1} of {2} layers are fetched from main memory each time that they are applied.</source>
        <translation>Das Modell passt nicht in den Speicher von {0}: {1} von {2} Schichten werden bei jeder Anwendung aus dem Hauptspeicher geholt.</translation>
    </message>
    <message>
        <source>The model in {0} is an encoder-decoder ({1}), and LayerSwarm prunes decoder-only language models; give one of those.</source>
        <translation>Das Modell in {0} ist ein Encoder-Decoder ({1}), und LayerSwarm beschneidet reine Decoder-Modelle; wählen Sie ein solches.</translation>
    </message>
    <message>
        <source>The model in {0} is {1} ({2}), not a language model that generates text; give one that does.</source>
        <translation>Das Modell in {0} ist {1} ({2}), kein Sprachmodell, das Text erzeugt; wählen Sie ein solches.</translation>
    </message>
    <message>
        <source>The model&apos;s context is too short for a question and an answer, so its answers are not checked.</source>
        <translation>Der Kontext des Modells ist zu kurz für eine Frage und eine Antwort; seine Antworten werden nicht geprüft.</translation>
    </message>
    <message>
        <source>The model&apos;s layers are fetched one after the other, so that each token of its own text reads all of it</source>
        <translation>Die Schichten des Modells werden nacheinander geholt, sodass jedes Token seines eigenen Textes das ganze Modell liest</translation>
    </message>
    <message>
        <source>The recovered weights are missing or damaged, so they are made again from the last checkpoint.</source>
        <translation>Die wiederhergestellten Gewichte fehlen oder sind beschädigt; sie werden aus dem letzten Zwischenstand erneut gemacht.</translation>
    </message>
    <message>
        <source>The report is in {0}.</source>
        <translation>Der Bericht ist in {0}.</translation>
    </message>
    <message>
        <source>The run was discarded.</source>
        <translation>Der Lauf wurde verworfen.</translation>
    </message>
    <message>
        <source>The search ends early: another iteration would exceed its {0:,.0f} tokens.</source>
        <translation>Die Suche endet früh: Eine weitere Iteration überschritte ihre {0:,.0f} Token.</translation>
    </message>
    <message>
        <source>The search ends early: it has used its {0:g} minutes.</source>
        <translation>Die Suche endet früh: Ihre {0:g} Minuten sind verbraucht.</translation>
    </message>
    <message>
        <source>The search ends early: no better set was found in {0} iterations.</source>
        <translation>Die Suche endet früh: In {0} Iterationen fand sich keine bessere Menge.</translation>
    </message>
    <message>
        <source>The smaller model fits {0} of {1} devices, as the dense one does.</source>
        <translation>Das kleinere Modell passt auf {0} von {1} Geräten, wie das dichte.</translation>
    </message>
    <message>
        <source>The smaller model fits {0} of {1} devices, the dense one {2}.</source>
        <translation>Das kleinere Modell passt auf {0} von {1} Geräten, das dichte auf {2}.</translation>
    </message>
    <message>
        <source>The text decoder of a multimodal model as a plain language model, without the towers around it.</source>
        <translation>Der Textdecoder eines multimodalen Modells als eigenes Sprachmodell, ohne die Teile um ihn herum.</translation>
    </message>
    <message>
        <source>There is no model &apos;{0}&apos;: it is neither &apos;demo&apos;, nor a folder or GGUF file on this computer, nor a Hub id; check the path, or give a Hub id such as organisation/name.</source>
        <translation>Es gibt kein Modell „{0}“: Es ist weder „demo“ noch ein Ordner oder eine GGUF-Datei auf diesem Computer noch eine Hub-ID; prüfen Sie den Pfad, oder geben Sie eine Hub-ID wie organisation/name an.</translation>
    </message>
    <message>
        <source>This plan needs about {0} of memory on {1}, and {2} are free.</source>
        <translation>Dieser Plan braucht etwa {0} Speicher auf {1}, und {2} sind frei.</translation>
    </message>
    <message>
        <source>This plan needs about {0} on the disk, and {1} are free.</source>
        <translation>Dieser Plan braucht etwa {0} auf der Platte, und {1} sind frei.</translation>
    </message>
    <message>
        <source>This plan takes about {0} by the estimate.</source>
        <translation>Dieser Plan dauert nach der Schätzung etwa {0}.</translation>
    </message>
    <message>
        <source>Time limit of the search.</source>
        <translation>Zeit, die die Suche dauern darf.</translation>
    </message>
    <message>
        <source>Timed repeats after a warm-up; their median is reported.</source>
        <translation>Gemessene Wiederholungen nach einer zum Aufwärmen; genannt wird ihr Median.</translation>
    </message>
    <message>
        <source>Timing {0} x {1} tokens and the answer</source>
        <translation>Misst die Zeit von {0} x {1} Token und der Antwort</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>Tokens by which the windows of a text overlap; they serve as context and are not counted again. 0 is lm-eval&apos;s default.</source>
        <translation>Token jedes Fensters eines Textes, die nur Kontext sind; 0 ist die Art von lm-eval.</translation>
    </message>
    <message>
        <source>Tokens generated after each prompt.</source>
        <translation>Token, die nach jedem Anfang geschrieben werden.</translation>
    </message>
    <message>
        <source>Tokens generated in the speed measurement.</source>
        <translation>Token, die bei der Geschwindigkeitsmessung erzeugt werden.</translation>
    </message>
    <message>
        <source>Tokens generated per month.</source>
        <translation>Token, die in einem Monat geschrieben werden.</translation>
    </message>
    <message>
        <source>Train LoRA adapters to recover lost accuracy.</source>
        <translation>Die verlorene Genauigkeit mit LoRA wiederherstellen.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>Training does not fit into the memory of {0}{1}, so the compensated model is the result; run again to try the training again, with recovery.gradient_checkpointing for less memory, or start a run with recovery.four_bit or a smaller recovery.rank.</source>
        <translation>Das Training passt nicht in den Speicher von {0}{1}; darum ist das ausgeglichene Modell das Ergebnis. Starten Sie erneut, um das Training noch einmal zu versuchen, mit recovery.gradient_checkpointing für weniger Speicher, oder beginnen Sie einen Lauf mit recovery.four_bit oder kleinerem recovery.rank.</translation>
    </message>
    <message>
        <source>Training text: the dense model&apos;s own, a local file, a Hub data set, or a mix.</source>
        <translation>Trainingstext: der eigene des dichten Modells, eine lokale Datei, ein Datensatz vom Hub oder eine Mischung.</translation>
    </message>
    <message>
        <source>Trying float16 on a few windows</source>
        <translation>Versucht float16 auf einigen Fenstern</translation>
    </message>
    <message>
        <source>Uploading {0:,.1f} MB to {1}</source>
        <translation>Lädt {0:,.1f} MB nach {1} hoch</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>WOA</source>
        <translation>WOA</translation>
    </message>
    <message>
        <source>Weight of an additional loss: the relative squared distance between the hidden states after each gap and the dense model&apos;s; 0 turns it off.</source>
        <translation>Gewicht, neben dem Ziel, des Abstands der verborgenen Zustände hinter jeder Lücke von denen des dichten Modells (relativer quadratischer Abstand); 0 lässt ihn weg.</translation>
    </message>
    <message>
        <source>Weight of the cross-entropy when objective is &apos;both&apos;.</source>
        <translation>Gewicht des nächsten Tokens des Textes, wenn das Ziel &apos;both&apos; ist.</translation>
    </message>
    <message>
        <source>Weight of the fitness.</source>
        <translation>Gewicht der Fitness selbst.</translation>
    </message>
    <message>
        <source>Weight of the size relative to the dense model.</source>
        <translation>Gewicht der Größe, als Anteil an der des dichten Modells.</translation>
    </message>
    <message>
        <source>Weight of the time of a forward pass relative to the dense model.</source>
        <translation>Gewicht der Zeit eines Durchlaufs, als Anteil an der des dichten Modells.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights in 16 bit</source>
        <translation>Gewichte in 16 Bit</translation>
    </message>
    <message>
        <source>Weights in 4 bit</source>
        <translation>Gewichte in 4 Bit</translation>
    </message>
    <message>
        <source>Weights in 8 bit</source>
        <translation>Gewichte in 8 Bit</translation>
    </message>
    <message>
        <source>Whale optimisation</source>
        <translation>Wal-Optimierung</translation>
    </message>
    <message>
        <source>Whales encircle the best set, spiral towards it, or roam.</source>
        <translation>Wale umkreisen die beste Menge, nähern sich in Spiralen oder streifen umher.</translation>
    </message>
    <message>
        <source>What {0} did is not compensated: no fold into layer {1} lowers the KL on the validation windows.</source>
        <translation>Was {0} bewirkte, wird nicht ausgeglichen: Kein Falten in Schicht {1} senkt die KL auf den Validierungsfenstern.</translation>
    </message>
    <message>
        <source>What {0} did is not compensated: {1}.</source>
        <translation>Was {0} bewirkte, wird nicht ausgeglichen: {1}.</translation>
    </message>
    <message>
        <source>Where layers that do not fit on the device wait: main memory (unless the device is the CPU), the model&apos;s files on disk, &apos;auto&apos; for memory where there is room, or &apos;never&apos; to refuse a model that does not fit as a whole.</source>
        <translation>Wo Schichten warten, die nicht auf das Gerät passen: im Hauptspeicher (außer wenn die CPU rechnet), in den Dateien des Modells auf der Platte, „auto“ für den Hauptspeicher, wenn dort Platz ist, oder „never“, um ein Modell abzulehnen, das nicht als Ganzes passt.</translation>
    </message>
    <message>
        <source>Which best position a particle follows: that of the whole swarm or of its two neighbours.</source>
        <translation>Wem ein Partikel folgt: dem Besten des ganzen Schwarms oder dem seiner beiden Nachbarn.</translation>
    </message>
    <message>
        <source>Whole multimodal model</source>
        <translation>Ganzes multimodales Modell</translation>
    </message>
    <message>
        <source>Windows in one optimiser step.</source>
        <translation>Fenster in einem Schritt des Optimierers.</translation>
    </message>
    <message>
        <source>Windows kept back from training that choose the best step; at most a tenth of a short text.</source>
        <translation>Fenster, die vom Training zurückgehalten werden und entscheiden, welcher Schritt der beste ist; höchstens ein Zehntel eines kurzen Textes.</translation>
    </message>
    <message>
        <source>Windows run at once, with gradients accumulated over the batch; 0 means the whole batch. Halved when memory runs out.</source>
        <translation>Fenster, die zugleich durch das Modell gehen, ihre Gradienten werden summiert; 0 bedeutet den ganzen Stapel. Halbiert, wenn der Speicher ausgeht.</translation>
    </message>
    <message>
        <source>Windows that each of these sets is fitted on, at most those of the final fit.</source>
        <translation>Fenster, auf denen jede dieser Mengen angepasst wird, höchstens die der endgültigen Anpassung.</translation>
    </message>
    <message>
        <source>Windows to fit on, of recovery&apos;s text; recovery trains on them too.</source>
        <translation>Fenster zum Anpassen, aus dem Text der Wiederherstellung, die auch auf ihnen trainiert.</translation>
    </message>
    <message>
        <source>With a warm start, also start a swarm from a set grown layer by layer on the first calibration level.</source>
        <translation>Den Schwarm auch bei einer Menge beginnen lassen, die auf der ersten Kalibrierungsstufe Schicht um Schicht wuchs.</translation>
    </message>
    <message>
        <source>Word perplexity, {0}</source>
        <translation>Perplexität je Wort, {0}</translation>
    </message>
    <message>
        <source>Writing the weights</source>
        <translation>Schreibt die Gewichte</translation>
    </message>
    <message>
        <source>Writing {0} as safetensors</source>
        <translation>Schreibt {0} als safetensors</translation>
    </message>
    <message>
        <source>Years over which the price of the computer is written off.</source>
        <translation>Jahre, auf die dieser Preis verteilt wird.</translation>
    </message>
    <message>
        <source>Your own devices, each written name:GiB of memory:GB/s of memory bandwidth, such as My board:4:17. One of the same name replaces the built-in one.</source>
        <translation>Ihre eigenen Geräte, jeweils als Name:GiB Speicher:GB/s Speicherbandbreite, etwa Meine Platine:4:17. Eines gleichen Namens ersetzt das eingebaute.</translation>
    </message>
    <message>
        <source>a LoRA adapter, not a model; merge it into its base model{0} first (llama-export-lora -m BASE.gguf --lora {1} -o MERGED.gguf)</source>
        <translation>ein LoRA-Adapter, kein Modell; rechnen Sie ihn zuerst in sein Basismodell{0} ein (llama-export-lora -m BASE.gguf --lora {1} -o MERGED.gguf)</translation>
    </message>
    <message>
        <source>a control vector, not a model; give the model that it steers</source>
        <translation>ein Steuervektor, kein Modell; wählen Sie das Modell, das er steuert</translation>
    </message>
    <message>
        <source>a diffusion language model, which writes all tokens at once; give one that writes token by token</source>
        <translation>ein Diffusions-Sprachmodell, das alle Token zugleich schreibt; wählen Sie eines, das Token für Token schreibt</translation>
    </message>
    <message>
        <source>a masked language model</source>
        <translation>ein maskiertes Sprachmodell</translation>
    </message>
    <message>
        <source>a million tokens of the dense model - a million of the smaller one</source>
        <translation>eine Million Token des dichten Modells - eine Million des kleineren</translation>
    </message>
    <message>
        <source>a model that makes images or video, which has no decoder layers to remove; give a language model</source>
        <translation>ein Modell für Bilder oder Videos, das keine Decoder-Schichten zum Entfernen hat; wählen Sie ein Sprachmodell</translation>
    </message>
    <message>
        <source>a model that turns texts into embeddings or scores and does not generate text; give a language model</source>
        <translation>ein Modell, das aus Texten Embeddings oder Bewertungen macht und keinen Text erzeugt; wählen Sie ein Sprachmodell</translation>
    </message>
    <message>
        <source>a multiple-choice model</source>
        <translation>ein Multiple-Choice-Modell</translation>
    </message>
    <message>
        <source>a next-sentence classifier</source>
        <translation>ein Klassifikator für Folgesätze</translation>
    </message>
    <message>
        <source>a question-answering model</source>
        <translation>ein Modell, das Antworten in Texten findet</translation>
    </message>
    <message>
        <source>a token classifier</source>
        <translation>ein Token-Klassifikator</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>etwa {0}</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>accuracy (higher is better)</source>
        <translation>Genauigkeit (höher ist besser)</translation>
    </message>
    <message>
        <source>accuracy, 1 task</source>
        <translation>Genauigkeit, 1 Aufgabe</translation>
    </message>
    <message>
        <source>accuracy, {0} tasks</source>
        <translation>Genauigkeit, {0} Aufgaben</translation>
    </message>
    <message>
        <source>an embedding model</source>
        <translation>ein Embedding-Modell</translation>
    </message>
    <message>
        <source>an encoder-decoder model (T5), which LayerSwarm does not prune; give a decoder-only model</source>
        <translation>ein Encoder-Decoder-Modell (T5), das LayerSwarm nicht beschneidet; wählen Sie ein reines Decoder-Modell</translation>
    </message>
    <message>
        <source>an encoder-decoder model, which LayerSwarm does not prune; give a decoder-only model</source>
        <translation>ein Encoder-Decoder-Modell, das LayerSwarm nicht beschneidet; wählen Sie ein reines Decoder-Modell</translation>
    </message>
    <message>
        <source>an importance matrix for quantising, not a model; give the model that it was made for</source>
        <translation>eine Wichtigkeitsmatrix zum Quantisieren, kein Modell; wählen Sie das Modell, für das sie gemacht ist</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>as good as exact</source>
        <translation>so gut wie exakt</translation>
    </message>
    <message>
        <source>begins with a byte order mark, which transformers cannot read; save it as UTF-8 without one (editors call that &apos;UTF-8&apos;, not &apos;UTF-8 with BOM&apos;).</source>
        <translation>beginnt mit einer Byte-Reihenfolge-Marke, die transformers nicht lesen kann; speichern Sie sie als UTF-8 ohne diese (in Editoren „UTF-8“, nicht „UTF-8 mit BOM“).</translation>
    </message>
    <message>
        <source>begins with zeros only, like an unfinished download; download it again</source>
        <translation>beginnt nur mit Nullen wie ein abgebrochener Download; laden Sie sie neu herunter</translation>
    </message>
    <message>
        <source>candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>cannot be read as a safetensors file; download or copy the model again</source>
        <translation>lässt sich nicht als safetensors-Datei lesen; laden oder kopieren Sie das Modell neu</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>compensated</source>
        <translation>ausgeglichen</translation>
    </message>
    <message>
        <source>compensation did not help</source>
        <translation>der Ausgleich half nicht</translation>
    </message>
    <message>
        <source>compensation helped</source>
        <translation>der Ausgleich half</translation>
    </message>
    <message>
        <source>compensation helped in {0} of {1} gaps</source>
        <translation>der Ausgleich half in {0} von {1} Lücken</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tagen</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>does not begin where the previous one ends</source>
        <translation>beginnt nicht, wo der vorige endet</translation>
    </message>
    <message>
        <source>does not fit its shape</source>
        <translation>passt nicht zu seiner Form</translation>
    </message>
    <message>
        <source>ends early (cut short in line {0}); download or copy it again.</source>
        <translation>endet zu früh (abgeschnitten in Zeile {0}); laden oder kopieren Sie sie neu.</translation>
    </message>
    <message>
        <source>ends early (cut short); download or copy it again.</source>
        <translation>endet zu früh (abgeschnitten); laden oder kopieren Sie sie neu.</translation>
    </message>
    <message>
        <source>exact, large</source>
        <translation>exakt, groß</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>exported to {0}</source>
        <translation>exportiert nach {0}</translation>
    </message>
    <message>
        <source>fitted after the gaps</source>
        <translation>nach den Lücken angepasst</translation>
    </message>
    <message>
        <source>hardware price / (years x hours a year x busy share) + kilowatts x price of a kilowatt hour</source>
        <translation>Preis des Rechners / (Jahre x Stunden im Jahr x Auslastung) + Kilowatt x Preis der Kilowattstunde</translation>
    </message>
    <message>
        <source>held-out KL (lower is better)</source>
        <translation>KL (niedriger ist besser)</translation>
    </message>
    <message>
        <source>holds a number of thousands of digits; correct it, or download or copy it again.</source>
        <translation>enthält eine Zahl mit Tausenden von Stellen; berichtigen Sie sie, oder laden oder kopieren Sie die Datei neu.</translation>
    </message>
    <message>
        <source>hours of all stages x price of an hour</source>
        <translation>Stunden aller Stufen x Preis einer Stunde</translation>
    </message>
    <message>
        <source>infinite</source>
        <translation>unendlich</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>Eingänge</translation>
    </message>
    <message>
        <source>is a 7z archive; unpack it first</source>
        <translation>ist ein 7z-Archiv; entpacken Sie es zuerst</translation>
    </message>
    <message>
        <source>is a GGUF file; give the file itself, or rename it to end in .gguf</source>
        <translation>ist eine GGUF-Datei; wählen Sie die Datei selbst, oder lassen Sie ihren Namen auf .gguf enden</translation>
    </message>
    <message>
        <source>is a Git LFS pointer in place of the file; fetch the file itself with &apos;git lfs pull&apos;, or download it from the Hub</source>
        <translation>ist ein Git-LFS-Zeiger statt der Datei; holen Sie die Datei selbst mit „git lfs pull“, oder laden Sie sie vom Hub</translation>
    </message>
    <message>
        <source>is a LoRA adapter in the format that preceded GGUF; merge it into its base model first</source>
        <translation>ist ein LoRA-Adapter im Vorgängerformat von GGUF; rechnen Sie ihn zuerst in sein Basismodell ein</translation>
    </message>
    <message>
        <source>is a ZIP archive or pickled weights, which are not opened here; unpack or convert it</source>
        <translation>ist ein ZIP-Archiv oder mit pickle gespeichert und wird hier nicht geöffnet; entpacken oder wandeln Sie es um</translation>
    </message>
    <message>
        <source>is a metadata file of macOS (AppleDouble); give the file without &apos;._&apos; before its name</source>
        <translation>ist eine Metadatendatei von macOS (AppleDouble); wählen Sie die Datei ohne „._“ vor dem Namen</translation>
    </message>
    <message>
        <source>is a text (&apos;{0}&apos;) in place of the file; download it again</source>
        <translation>ist ein Text („{0}“) statt der Datei; laden Sie sie neu herunter</translation>
    </message>
    <message>
        <source>is a web page in place of the file; download it again, after logging in if the model requires it</source>
        <translation>ist eine Webseite statt der Datei; laden Sie sie neu herunter, nach einer Anmeldung, falls das Modell sie verlangt</translation>
    </message>
    <message>
        <source>is a web page, not JSON; log in to the site and download the file again.</source>
        <translation>ist eine Webseite, kein JSON; melden Sie sich auf der Seite an, und laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>is compressed with gzip; unpack it first</source>
        <translation>ist mit gzip gepackt; entpacken Sie sie zuerst</translation>
    </message>
    <message>
        <source>is compressed with xz; unpack it first</source>
        <translation>ist mit xz gepackt; entpacken Sie sie zuerst</translation>
    </message>
    <message>
        <source>is compressed with zstd; unpack it first</source>
        <translation>ist mit zstd gepackt; entpacken Sie sie zuerst</translation>
    </message>
    <message>
        <source>is empty; download it again</source>
        <translation>ist leer; laden Sie sie neu herunter</translation>
    </message>
    <message>
        <source>is empty; download or copy it again.</source>
        <translation>ist leer; laden oder kopieren Sie sie neu.</translation>
    </message>
    <message>
        <source>is gone</source>
        <translation>ist ausgefallen</translation>
    </message>
    <message>
        <source>is in the GGML format that preceded GGUF; download the model as GGUF or safetensors</source>
        <translation>hat das GGML-Format, das GGUF vorausging; laden Sie das Modell als GGUF oder safetensors</translation>
    </message>
    <message>
        <source>is larger than {0:,.0f} MB, which no such file is; download or copy it again.</source>
        <translation>ist größer als {0:,.0f} MB, was keine solche Datei ist; laden oder kopieren Sie sie neu.</translation>
    </message>
    <message>
        <source>is not JSON (line {0}, column {1} is wrong); correct it, or download or copy it again.</source>
        <translation>ist kein JSON (Fehler in Zeile {0}, Spalte {1}); berichtigen Sie sie, oder laden oder kopieren Sie sie neu.</translation>
    </message>
    <message>
        <source>is not UTF-8 (line {0}); save it as UTF-8, or download or copy it again.</source>
        <translation>ist nicht in UTF-8 (Zeile {0}); speichern Sie sie als UTF-8, oder laden oder kopieren Sie sie neu.</translation>
    </message>
    <message>
        <source>is not a GGUF file; download it again</source>
        <translation>ist keine GGUF-Datei; laden Sie sie neu herunter</translation>
    </message>
    <message>
        <source>is not a JSON object; download or copy it again.</source>
        <translation>ist kein JSON-Objekt; laden oder kopieren Sie sie neu.</translation>
    </message>
    <message>
        <source>is saved as {0}, which transformers cannot read; save it as UTF-8.</source>
        <translation>ist in {0} gespeichert, das transformers nicht lesen kann; speichern Sie sie als UTF-8.</translation>
    </message>
    <message>
        <source>iterations</source>
        <translation>Iterationen</translation>
    </message>
    <message>
        <source>its layers are fetched one after the other, so that each new token would read the whole model; speed is not timed and no text is generated. The Export page estimates its speed on other devices.</source>
        <translation>seine Schichten werden nacheinander geholt, sodass jedes neue Token das ganze Modell läse; das Tempo wird nicht gemessen und kein Text erzeugt. Die Export-Seite schätzt sein Tempo auf anderen Geräten.</translation>
    </message>
    <message>
        <source>layer {0}</source>
        <translation>Schicht {0}</translation>
    </message>
    <message>
        <source>layer {0}, {1}</source>
        <translation>Schicht {0}, {1}</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>layers {0} to {1}</source>
        <translation>Schichten {0} bis {1}</translation>
    </message>
    <message>
        <source>lm-eval task names; those that begin with local_ read evaluation.data_folder.</source>
        <translation>Namen von Aufgaben in lm-eval; die mit local_ beginnen, lesen evaluation.data_folder.</translation>
    </message>
    <message>
        <source>lm-eval task to optimise when the objective is &apos;task&apos;; empty for none.</source>
        <translation>Aufgabe von lm-eval, die die Fitness ist, wenn das Ziel &apos;task&apos; ist; leer für keine.</translation>
    </message>
    <message>
        <source>loads the model</source>
        <translation>lädt das Modell</translation>
    </message>
    <message>
        <source>measurements</source>
        <translation>Messungen</translation>
    </message>
    <message>
        <source>million tokens</source>
        <translation>Millionen Token</translation>
    </message>
    <message>
        <source>million tokens until then / million tokens in a month x days of a month</source>
        <translation>Millionen Token bis dahin / Millionen Token im Monat x Tage eines Monats</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>nearly the same model</source>
        <translation>fast dasselbe Modell</translation>
    </message>
    <message>
        <source>nearly the same model at half the size</source>
        <translation>fast dasselbe Modell bei halber Größe</translation>
    </message>
    <message>
        <source>no fold lowers the KL</source>
        <translation>kein Ausgleich senkt die KL</translation>
    </message>
    <message>
        <source>no layer is left below it</source>
        <translation>darunter bleibt keine Schicht</translation>
    </message>
    <message>
        <source>no linear map of its {0} is added to the hidden state</source>
        <translation>keine lineare Schicht in {0} wird zum verborgenen Zustand addiert</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>nothing could be compensated ({0})</source>
        <translation>nichts ließ sich ausgleichen ({0})</translation>
    </message>
    <message>
        <source>on all {0} questions</source>
        <translation>mit allen {0} Fragen</translation>
    </message>
    <message>
        <source>on all {0} windows</source>
        <translation>auf allen {0} Fenstern</translation>
    </message>
    <message>
        <source>on {0} of {1} questions</source>
        <translation>mit {0} von {1} Fragen</translation>
    </message>
    <message>
        <source>on {0} of {1} windows</source>
        <translation>auf {0} von {1} Fenstern</translation>
    </message>
    <message>
        <source>on {0} questions</source>
        <translation>mit {0} Fragen</translation>
    </message>
    <message>
        <source>on {0} windows</source>
        <translation>auf {0} Fenstern</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>Stellen</translation>
    </message>
    <message>
        <source>price of an hour x 1&#x202f;000&#x202f;000 / (tokens/s x 3&#x202f;600)</source>
        <translation>Preis einer Stunde x 1&#x202f;000&#x202f;000 / (Token/s x 3&#x202f;600)</translation>
    </message>
    <message>
        <source>price of this run / saved by a million tokens</source>
        <translation>Preis dieses Laufs / gespart je Million Token</translation>
    </message>
    <message>
        <source>processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>prompts</source>
        <translation>Eingaben</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>beschnitten</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>recovered</source>
        <translation>wiederhergestellt</translation>
    </message>
    <message>
        <source>recovery did not help</source>
        <translation>die Wiederherstellung half nicht</translation>
    </message>
    <message>
        <source>recovery helped</source>
        <translation>die Wiederherstellung half</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>search.least_layers is {0}, but the budget removes at most {1} layers; lower it, or raise the budget.</source>
        <translation>search.least_layers ist {0}, aber das Budget entfernt höchstens {1} Schichten; senken Sie den Wert, oder erhöhen Sie das Budget.</translation>
    </message>
    <message>
        <source>sets</source>
        <translation>Mengen</translation>
    </message>
    <message>
        <source>smallest</source>
        <translation>am kleinsten</translation>
    </message>
    <message>
        <source>smallest and fastest on ARM</source>
        <translation>am kleinsten und auf ARM am schnellsten</translation>
    </message>
    <message>
        <source>speed not measured</source>
        <translation>Tempo nicht gemessen</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>the dense model does not fit, the smaller one does in {0} bit</source>
        <translation>das dichte Modell passt nicht, das kleinere in {0} Bit</translation>
    </message>
    <message>
        <source>the encoder of a T5 model, which has no decoder layers to remove; give a language model</source>
        <translation>der Encoder eines T5-Modells, der keine Decoder-Schichten zum Entfernen hat; wählen Sie ein Sprachmodell</translation>
    </message>
    <message>
        <source>the image or audio part of a multimodal model (mmproj), which has no decoder layers; give the file of its language model</source>
        <translation>der Bild- oder Tonteil eines multimodalen Modells (mmproj), der keine Decoder-Schichten hat; wählen Sie die Datei seines Sprachmodells</translation>
    </message>
    <message>
        <source>the model computes nan or inf on the validation windows</source>
        <translation>das Modell berechnet auf den Validierungsfenstern nan oder inf</translation>
    </message>
    <message>
        <source>the model&apos;s own text</source>
        <translation>dem eigenen Text des Modells</translation>
    </message>
    <message>
        <source>the usual choice for small devices</source>
        <translation>die übliche Wahl für kleine Geräte</translation>
    </message>
    <message>
        <source>the voice of a text-to-speech model, which has no decoder layers to remove; give a language model</source>
        <translation>die Stimme eines Sprachausgabe-Modells, die keine Decoder-Schichten zum Entfernen hat; wählen Sie ein Sprachmodell</translation>
    </message>
    <message>
        <source>the weights as most models come</source>
        <translation>die Gewichte, wie die meisten Modelle sie haben</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>training did not fit into memory</source>
        <translation>das Training passte nicht in den Speicher</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>workers</source>
        <translation>Helfer</translation>
    </message>
    <message>
        <source>years</source>
        <translation>Jahre</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}) tokens/s</source>
        <translation>{0} ({1} bis {2}) Token/s</translation>
    </message>
    <message>
        <source>{0} The export is made without a tokenizer that works.</source>
        <translation>{0} Der Export wird ohne funktionierenden Tokenizer geschrieben.</translation>
    </message>
    <message>
        <source>{0} budgets exported to {1}.</source>
        <translation>{0} Budgets nach {1} exportiert.</translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}).</source>
        <translation>{0} kann nicht gelesen werden ({1}).</translation>
    </message>
    <message>
        <source>{0} cannot be read as a safetensors file; download or copy the model again.</source>
        <translation>{0} lässt sich nicht als safetensors-Datei lesen; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} d {1:02d} h</source>
        <translation>{0} d {1:02d} h</translation>
    </message>
    <message>
        <source>{0} fits</source>
        <translation>{0} passt</translation>
    </message>
    <message>
        <source>{0} h {1:02d} min</source>
        <translation>{0} h {1:02d} min</translation>
    </message>
    <message>
        <source>{0} has a config.json but no weights ({1}); download or copy the model again.</source>
        <translation>{0} hat eine config.json, aber keine Gewichte ({1}); laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} has no bfloat16, and in float16 this model computes wrong numbers from layer {1} on, so it is run in float32, which takes twice the memory (device.dtype).</source>
        <translation>{0} hat kein bfloat16, und in float16 rechnet dieses Modell ab Schicht {1} falsch; darum rechnet es in float32, das doppelt so viel Speicher braucht (device.dtype).</translation>
    </message>
    <message>
        <source>{0} has no config.json, and no readable GGUF file of a language model; give a folder with a Hugging Face model in it.</source>
        <translation>{0} hat keine config.json und keine lesbare GGUF-Datei eines Sprachmodells; wählen Sie einen Ordner mit einem Hugging-Face-Modell.</translation>
    </message>
    <message>
        <source>{0} has no config.json; give a folder with a Hugging Face model in it.</source>
        <translation>{0} hat keine config.json; wählen Sie einen Ordner mit einem Hugging-Face-Modell.</translation>
    </message>
    <message>
        <source>{0} has no config.json; give the GGUF file itself, such as {1}.</source>
        <translation>{0} hat keine config.json; wählen Sie die GGUF-Datei selbst, etwa {1}.</translation>
    </message>
    <message>
        <source>{0} has no safetensors weights, and LayerSwarm opens no pickled ones because they can run code; save the model again with save_pretrained() of a current transformers.</source>
        <translation>{0} hat keine Gewichte als safetensors, und LayerSwarm öffnet keine mit pickle gespeicherten, weil sie Code ausführen können; speichern Sie das Modell mit save_pretrained() eines aktuellen transformers neu.</translation>
    </message>
    <message>
        <source>{0} has no weight map; download or copy the model again.</source>
        <translation>{0} hat keine Liste der Gewichte (weight_map); laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} has no {1} model, so the {2} one is exported instead.</source>
        <translation>{0} hat kein Modell „{1}“; stattdessen wird „{2}“ exportiert.</translation>
    </message>
    <message>
        <source>{0} holds neither {1} nor {2}; download or copy the model again.</source>
        <translation>{0} enthält weder {1} noch {2}; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} holds no tokenizer, so the export has none either.</source>
        <translation>{0} enthält keinen Tokenizer, der Export darum auch nicht.</translation>
    </message>
    <message>
        <source>{0} holds the weights of a LoRA adapter without {1}; copy that file there too, or give the folder of a model.</source>
        <translation>{0} enthält die Gewichte eines LoRA-Adapters ohne {1}; kopieren Sie auch diese Datei dorthin, oder wählen Sie den Ordner eines Modells.</translation>
    </message>
    <message>
        <source>{0} instead of {1} bit for each weight</source>
        <translation>{0} statt {1} Bit je Gewicht</translation>
    </message>
    <message>
        <source>{0} is a LoRA adapter that does not name its base model; set &apos;{1}&apos; in {2} to the folder or Hub id of the model that it was trained on.</source>
        <translation>{0} ist ein LoRA-Adapter, der sein Basismodell nicht nennt; setzen Sie „{1}“ in {2} auf den Ordner oder die Hub-ID des Modells, mit dem er trainiert wurde.</translation>
    </message>
    <message>
        <source>{0} is a piece of a GGUF file that was cut for its upload, and {1} is not beside it; download all pieces into one folder, then join them.</source>
        <translation>{0} ist ein Stück einer GGUF-Datei, die zum Hochladen zerteilt wurde, und {1} liegt nicht daneben; laden Sie alle Stücke in einen Ordner, und fügen Sie sie dann zusammen.</translation>
    </message>
    <message>
        <source>{0} is a piece of a GGUF file that was cut for its upload; give the whole, {1}.</source>
        <translation>{0} ist ein Stück einer GGUF-Datei, die zum Hochladen zerteilt wurde; wählen Sie die ganze, {1}.</translation>
    </message>
    <message>
        <source>{0} is a piece of a GGUF file that was cut for its upload; join the pieces with: {1} &gt; {2}</source>
        <translation>{0} ist ein Stück einer GGUF-Datei, die zum Hochladen zerteilt wurde; fügen Sie die Stücke zusammen mit: {1} &gt; {2}</translation>
    </message>
    <message>
        <source>{0} is another device ({1}) than that of the run ({2}), so the same run may differ in the last digits of its scores when it is repeated.</source>
        <translation>{0} ist ein anderes Gerät ({1}) als das des Laufs ({2}); derselbe Lauf kann sich deshalb bei einer Wiederholung in den letzten Stellen seiner Werte unterscheiden.</translation>
    </message>
    <message>
        <source>{0} is cut short at byte {1:,} of {2:,}; download or copy the model again.</source>
        <translation>{0} ist bei Byte {1:,} von {2:,} abgeschnitten; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} is cut short at byte {1:,}, within its header of {2:,} bytes; download it again.</source>
        <translation>{0} ist bei Byte {1:,} abgeschnitten, innerhalb des Kopfes von {2:,} Bytes; laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>{0} is damaged (a safetensors file of {1:,} bytes whose header describes {2:,}); download or copy the model again.</source>
        <translation>{0} ist beschädigt (eine safetensors-Datei von {1:,} Bytes, deren Kopf {2:,} beschreibt); laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} is damaged (its tensor {1!r} {2}); download it again.</source>
        <translation>{0} ist beschädigt (ihr Tensor {1!r} {2}); laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>{0} is dequantised</source>
        <translation>{0} ist dequantisiert</translation>
    </message>
    <message>
        <source>{0} is left out, and the others do its part: {1}</source>
        <translation>{0} fällt aus, und die anderen übernehmen seinen Teil: {1}</translation>
    </message>
    <message>
        <source>{0} is merged into {1}</source>
        <translation>{0} ist in {1} eingearbeitet</translation>
    </message>
    <message>
        <source>{0} is not a JSON object; download or copy the model again.</source>
        <translation>{0} ist kein JSON-Objekt; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} is not a model: give a folder with config.json and safetensors, or a GGUF file.</source>
        <translation>{0} ist kein Modell: Wählen Sie einen Ordner mit config.json und safetensors oder eine GGUF-Datei.</translation>
    </message>
    <message>
        <source>{0} is on the Hub: {1}</source>
        <translation>{0} ist auf dem Hub: {1}</translation>
    </message>
    <message>
        <source>{0} is on this computer.</source>
        <translation>{0} ist auf diesem Computer.</translation>
    </message>
    <message>
        <source>{0} is one file of a model; give the folder {1} instead.</source>
        <translation>{0} ist eine Datei eines Modells; wählen Sie stattdessen den Ordner {1}.</translation>
    </message>
    <message>
        <source>{0} is one of {1} parts of a GGUF file, and {2} is not beside it{3}; put all parts into one folder.</source>
        <translation>{0} ist einer von {1} Teilen einer GGUF-Datei, und {2} liegt nicht daneben{3}; legen Sie alle Teile in einen Ordner.</translation>
    </message>
    <message>
        <source>{0} is ready</source>
        <translation>{0} ist bereit</translation>
    </message>
    <message>
        <source>{0} is ready.</source>
        <translation>{0} ist bereit.</translation>
    </message>
    <message>
        <source>{0} is replaced by a new worker: {1}</source>
        <translation>{0} wird durch einen neuen Helfer ersetzt: {1}</translation>
    </message>
    <message>
        <source>{0} is {1}.</source>
        <translation>{0} ist {1}.</translation>
    </message>
    <message>
        <source>{0} lacks {1} ({2} weight files missing); download the model again.</source>
        <translation>In {0} fehlt {1} (fehlende Gewichtsdateien: {2}); laden Sie das Modell neu herunter.</translation>
    </message>
    <message>
        <source>{0} min {1:02d} s</source>
        <translation>{0} min {1:02d} s</translation>
    </message>
    <message>
        <source>{0} models on this computer.</source>
        <translation>{0} Modelle auf diesem Computer.</translation>
    </message>
    <message>
        <source>{0} models.</source>
        <translation>{0} Modelle.</translation>
    </message>
    <message>
        <source>{0} names &apos;{1}&apos; as a weight file, which is not a safetensors file; LayerSwarm opens no other kind, so save the model again with save_pretrained() of a current transformers.</source>
        <translation>{0} nennt „{1}“ als Gewichtsdatei, die keine safetensors-Datei ist; LayerSwarm öffnet keine andere Art, speichern Sie das Modell also mit save_pretrained() eines aktuellen transformers neu.</translation>
    </message>
    <message>
        <source>{0} names &apos;{1}&apos; as a weight file, which is not the plain name of a file beside it; the index is damaged or malicious, so download the model from another source.</source>
        <translation>{0} nennt „{1}“ als Gewichtsdatei, was kein einfacher Name einer Datei daneben ist; das Verzeichnis ist beschädigt oder bösartig, laden Sie das Modell also aus einer anderen Quelle.</translation>
    </message>
    <message>
        <source>{0} names &apos;{1}&apos; as the weights ({2}), which is neither a safetensors file nor an index of such files; name one, or delete the line.</source>
        <translation>{0} nennt „{1}“ als Gewichte ({2}), was weder eine safetensors-Datei noch ein Verzeichnis solcher Dateien ist; nennen Sie eine, oder löschen Sie die Zeile.</translation>
    </message>
    <message>
        <source>{0} names &apos;{1}&apos; as the weights ({2}), which is outside the model&apos;s folder; name a file in it.</source>
        <translation>{0} nennt „{1}“ als Gewichte ({2}), was außerhalb des Modellordners liegt; nennen Sie eine Datei darin.</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>{0} of {1} formats can be written.</source>
        <translation>{0} von {1} Formaten können geschrieben werden.</translation>
    </message>
    <message>
        <source>{0} of {1} layers removed</source>
        <translation>{0} von {1} Schichten entfernt</translation>
    </message>
    <message>
        <source>{0} of {1} layers would be removed.</source>
        <translation>{0} von {1} Schichten würden entfernt.</translation>
    </message>
    <message>
        <source>{0} prompts of {1} tokens do not fit into the device&apos;s memory and are not timed.</source>
        <translation>{0} Eingaben zu {1} Token passen nicht in den Speicher des Geräts und werden nicht gemessen.</translation>
    </message>
    <message>
        <source>{0} questions</source>
        <translation>{0} Fragen</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} searches compared.</source>
        <translation>{0} Suchen verglichen.</translation>
    </message>
    <message>
        <source>{0} sets folded: the best after the fold was number {1} before (rank correlation {2})</source>
        <translation>{0} Mengen ausgeglichen: Die beste nach dem Ausgleich war davor Nummer {1} (Rangkorrelation {2})</translation>
    </message>
    <message>
        <source>{0} sets folded: the best before is the best after (rank correlation {1})</source>
        <translation>{0} Mengen ausgeglichen: Die beste davor ist auch danach die beste (Rangkorrelation {1})</translation>
    </message>
    <message>
        <source>{0} states {1:,} layers ({2}), but the weights are {3:,} tensors; download or copy the model again.</source>
        <translation>{0} nennt {1:,} Schichten ({2}), aber die Gewichte sind {3:,} Tensoren; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} states {1}={2:,}, but the largest tensor has {3:,} numbers; download or copy the model again.</source>
        <translation>{0} nennt {1}={2:,}, aber der größte Tensor hat {3:,} Zahlen; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} tasks.</source>
        <translation>{0} Aufgaben.</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
    <message>
        <source>{0} tokens/s</source>
        <translation>{0} Token/s</translation>
    </message>
    <message>
        <source>{0} too large</source>
        <translation>{0} zu groß</translation>
    </message>
    <message>
        <source>{0} uses the unknown number format {1!r} (tensor {2!r}); download the model in another one, such as BF16.</source>
        <translation>{0} verwendet das unbekannte Zahlenformat {1!r} (Tensor {2!r}); laden Sie das Modell in einem anderen, etwa BF16.</translation>
    </message>
    <message>
        <source>{0} was deleted; {1:,.1f} MB are free again.</source>
        <translation>{0} wurde gelöscht; {1:,.1f} MB sind wieder frei.</translation>
    </message>
    <message>
        <source>{0} was not run after it was written. {1}</source>
        <translation>{0} wurde nach dem Schreiben nicht ausgeführt. {1}</translation>
    </message>
    <message>
        <source>{0} windows</source>
        <translation>{0} Fenster</translation>
    </message>
    <message>
        <source>{0}, 95 % interval</source>
        <translation>{0}, 95-%-Intervall</translation>
    </message>
    <message>
        <source>{0}, against pruned</source>
        <translation>{0}, gegen beschnitten</translation>
    </message>
    <message>
        <source>{0}, and no other text is at hand ({1}); name a text file to save that time.</source>
        <translation>{0}, und kein anderer Text ist zur Hand ({1}); nennen Sie eine Textdatei, um diese Zeit zu sparen.</translation>
    </message>
    <message>
        <source>{0}, measured on a busy computer</source>
        <translation>{0}, gemessen auf einem beschäftigten Rechner</translation>
    </message>
    <message>
        <source>{0}: done</source>
        <translation>{0}: fertig</translation>
    </message>
    <message>
        <source>{0}: done up to &apos;{1}&apos;.</source>
        <translation>{0}: fertig bis „{1}“.</translation>
    </message>
    <message>
        <source>{0}: loading</source>
        <translation>{0}: lädt</translation>
    </message>
    <message>
        <source>{0}: trying it on a few layers</source>
        <translation>{0}: Versuch an einigen Schichten</translation>
    </message>
    <message>
        <source>{0}: writing</source>
        <translation>{0}: schreibt</translation>
    </message>
    <message>
        <source>{0}: {1} {2}, {3}</source>
        <translation>{0}: {1} {2}, {3}</translation>
    </message>
    <message>
        <source>{0}; web pages and instructions are used instead.</source>
        <translation>{0}; stattdessen dienen Webseiten und Anweisungen.</translation>
    </message>
    <message>
        <source>×</source>
        <translation>×</translation>
    </message>
</context>
</TS>
