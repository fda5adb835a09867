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
        <source>&amp;Engine…</source>
        <translation>&amp;Engine…</translation>
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
        <source>A ring</source>
        <translation>Ein Ring</translation>
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
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Analysing layers</source>
        <translation>Schichten werden analysiert</translation>
    </message>
    <message>
        <source>Answers at once</source>
        <translation>Antworten auf einmal</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
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
        <source>Behind the gap</source>
        <translation>Hinter der Lücke</translation>
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
        <source>Compensating</source>
        <translation>Ausgleich läuft</translation>
    </message>
    <message>
        <source>Context of the cache</source>
        <translation>Kontext des Caches</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>Kreuzentropie</translation>
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
        <source>Devices that share the work</source>
        <translation>Geräte, die sich die Arbeit teilen</translation>
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
        <source>Evaluating</source>
        <translation>Auswertung läuft</translation>
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
        <source>Exporting</source>
        <translation>Export läuft</translation>
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
        <source>Half way</source>
        <translation>Auf halbem Weg</translation>
    </message>
    <message>
        <source>Hidden states</source>
        <translation>Zwischenzustände</translation>
    </message>
    <message>
        <source>In main memory</source>
        <translation>Im Hauptspeicher</translation>
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
        <source>KL and cross-entropy</source>
        <translation>KL und Kreuzentropie</translation>
    </message>
    <message>
        <source>KL to the dense model</source>
        <translation>KL zum dichten Modell</translation>
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
        <source>Linear</source>
        <translation>Linear</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>LoRA alpha</source>
        <translation>LoRA-Alpha</translation>
    </message>
    <message>
        <source>Local distillation</source>
        <translation>Lokale Destillation</translation>
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
        <source>MLP</source>
        <translation>MLP</translation>
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
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>On the device</source>
        <translation>Auf dem Gerät</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Optimierer</translation>
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
        <source>Preparing calibration text</source>
        <translation>Kalibrierungstext wird vorbereitet</translation>
    </message>
    <message>
        <source>Preparing the model</source>
        <translation>Modell wird vorbereitet</translation>
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
        <source>Ray cluster</source>
        <translation>Ray-Cluster</translation>
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
        <source>Recovering</source>
        <translation>Wiederherstellung läuft</translation>
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
        <source>Refuse the model</source>
        <translation>Modell ablehnen</translation>
    </message>
    <message>
        <source>Repaired layers</source>
        <translation>Reparierte Schichten</translation>
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
        <source>Searching</source>
        <translation>Suche läuft</translation>
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
        <source>The very first</source>
        <translation>Die allererste</translation>
    </message>
    <message>
        <source>The whole swarm</source>
        <translation>Der ganze Schwarm</translation>
    </message>
    <message>
        <source>The work has failed unexpectedly ({0}): {1}</source>
        <translation>Die Arbeit ist unerwartet fehlgeschlagen ({0}): {1}</translation>
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
        <source>Trained layers</source>
        <translation>Trainierte Schichten</translation>
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
        <source>Workers on the cluster</source>
        <translation>Worker im Cluster</translation>
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
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Estimating…</source>
        <translation>Wird geschätzt…</translation>
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
        <source>Sets to compare</source>
        <translation>Verglichene Mengen</translation>
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
        <source>The answer scores {0} in this chart and the search&apos;s best {1}: the answer was chosen among sets that were compensated, after which it scores {2}.</source>
        <translation>Das Ergebnis hat in diesem Diagramm den Wert {0}, das Beste der Suche {1}: Es wurde unter Entfernungsmengen gewählt, die ausgeglichen wurden, und hat nach dem Ausgleich den Wert {2}.</translation>
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
    <name>EngineChoices</name>
    <message>
        <source>About {0} to download and {1} on the disk, which has {2} free.</source>
        <translation>Etwa {0} herunterzuladen und {1} auf dem Datenträger, auf dem {2} frei sind.</translation>
    </message>
    <message>
        <source>About {1} on the disk, which has {2} free.</source>
        <translation>Etwa {1} auf dem Datenträger, auf dem {2} frei sind.</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Build of torch</source>
        <translation>Ausgabe von torch</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder of a virtual environment, or its Python</source>
        <translation>Ordner einer virtuellen Umgebung oder ihr Python</translation>
    </message>
    <message>
        <source>Folder of the engine</source>
        <translation>Ordner der Engine</translation>
    </message>
    <message>
        <source>Folder of the environment, or its Python</source>
        <translation>Ordner der Umgebung oder ihr Python</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>Ordner mit Wheels</translation>
    </message>
    <message>
        <source>Folder with wheels of all packages</source>
        <translation>Ordner mit den Wheels aller Pakete</translation>
    </message>
    <message>
        <source>From a folder</source>
        <translation>Aus einem Ordner</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Use one that I have</source>
        <translation>Vorhandene nutzen</translation>
    </message>
    <message>
        <source>Wheels</source>
        <translation>Wheels</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>Woher sie kommt</translation>
    </message>
</context>
<context>
    <name>EngineDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Einzelheiten…</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>It runs in {0}</source>
        <translation>Sie läuft in {0}</translation>
    </message>
    <message>
        <source>It works, but LayerSwarm is tested with newer packages now: {0}</source>
        <translation>Sie funktioniert, aber LayerSwarm wird inzwischen mit neueren Paketen geprüft: {0}</translation>
    </message>
    <message>
        <source>Its packages are deleted, and nothing can be run until it is set up again.</source>
        <translation>Die Pakete werden gelöscht, und es kann nichts laufen, bis sie wieder eingerichtet ist.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Progress of the setup</source>
        <translation>Fortschritt der Einrichtung</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the engine?</source>
        <translation>Die Engine entfernen?</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Set up again</source>
        <translation>Neu einrichten</translation>
    </message>
    <message>
        <source>Set up the engine</source>
        <translation>Die Engine einrichten</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Beginnt…</translation>
    </message>
    <message>
        <source>The engine does the computing: PyTorch and what belongs to it. It gets a folder of its own; nothing is installed into your system, and you can remove it at any time.</source>
        <translation>Die Engine rechnet: PyTorch und was dazugehört. Sie bekommt einen eigenen Ordner; in Ihr System wird nichts installiert, und Sie können sie jederzeit entfernen.</translation>
    </message>
    <message>
        <source>The engine is set up</source>
        <translation>Die Engine ist eingerichtet</translation>
    </message>
    <message>
        <source>The engine runs in the Python of LayerSwarm: {0}</source>
        <translation>Die Engine läuft im Python von LayerSwarm: {0}</translation>
    </message>
    <message>
        <source>The environment itself stays as it is; nothing can be run until another one is chosen.</source>
        <translation>Die Umgebung selbst bleibt, wie sie ist; es kann nichts laufen, bis eine andere gewählt ist.</translation>
    </message>
    <message>
        <source>Use this environment</source>
        <translation>Diese Umgebung nutzen</translation>
    </message>
    <message>
        <source>What the installer printed last</source>
        <translation>Letzte Ausgabe des Installationsprogramms</translation>
    </message>
    <message>
        <source>Your projects, exports and models stay.</source>
        <translation>Ihre Projekte, Exporte und Modelle bleiben.</translation>
    </message>
    <message>
        <source>{0}: {1} of {2}</source>
        <translation>{0}: {1} von {2}</translation>
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
        <source>Install lm-eval…</source>
        <translation>lm-eval installieren…</translation>
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
        <source>Tasks need lm-eval, which is not installed. It is a part of the engine of about {0}.</source>
        <translation>Aufgaben brauchen lm-eval, das nicht installiert ist. Es ist ein Teil der Engine von etwa {0}.</translation>
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
        <source>distance, KL (nats)</source>
        <translation>Abstand, KL (nat)</translation>
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
        <source>Layers behind a gap</source>
        <translation>Schichten hinter einer Lücke</translation>
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
        <source>Method</source>
        <translation>Verfahren</translation>
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
    <message>
        <source>Training with the dense model as teacher. It is discarded if it does not help.</source>
        <translation>Training mit dem dichten Modell als Lehrer. Hilft es nicht, wird es verworfen.</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message>
        <source>After the search, training recovers what the pruned model lost. The loss is plotted here live.</source>
        <translation>Nach der Suche holt das Training zurück, was das beschnittene Modell verloren hat. Der Verlust wird hier laufend gezeichnet.</translation>
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
        <source>Squared distance of the hidden states behind the trained layers, relative to the dense ones.</source>
        <translation>Quadratischer Abstand der verborgenen Zustände hinter den trainierten Schichten, im Verhältnis zu denen des dichten Modells.</translation>
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
        <source>Pace of each device</source>
        <translation>Tempo jedes Geräts</translation>
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
    <name>RunWatch</name>
    <message>
        <source>The project is gone</source>
        <translation>Das Projekt ist fort</translation>
    </message>
    <message>
        <source>The run is gone</source>
        <translation>Der Lauf ist fort</translation>
    </message>
    <message>
        <source>{0} is no longer in the folder of the project: something else has deleted it.</source>
        <translation>{0} ist nicht mehr im Ordner des Projekts: Etwas anderes hat ihn gelöscht.</translation>
    </message>
    <message>
        <source>{0} is no longer there. Open the project where it is now.</source>
        <translation>{0} ist nicht mehr da. Öffnen Sie das Projekt dort, wo es jetzt ist.</translation>
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
        <source>waiting</source>
        <translation>wartet</translation>
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
    <name>WorkerPacesChart</name>
    <message>
        <source>Pace over time</source>
        <translation>Tempo über die Zeit</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>Token/s</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source> (or {0})</source>
        <translation> (oder {0})</translation>
    </message>
    <message>
        <source> (the torch that is installed is a build without CUDA)</source>
        <translation> (das installierte torch ist eine Fassung ohne CUDA)</translation>
    </message>
    <message>
        <source> ({0} of {1} parts are missing)</source>
        <translation> ({0} von {1} Teilen fehlen)</translation>
    </message>
    <message>
        <source> Did you mean &apos;{0}&apos;?</source>
        <translation> Meinten Sie „{0}“?</translation>
    </message>
    <message>
        <source> It was written by a newer LayerSwarm (format {0}): update it.</source>
        <translation> Es wurde von einem neueren LayerSwarm geschrieben (Format {0}): Aktualisieren Sie LayerSwarm.</translation>
    </message>
    <message>
        <source> and cannot be dequantised: {0}</source>
        <translation> und lassen sich nicht dequantisieren: {0}</translation>
    </message>
    <message>
        <source> as {0}</source>
        <translation> als {0}</translation>
    </message>
    <message>
        <source> of {0}</source>
        <translation> zu {0}</translation>
    </message>
    <message>
        <source> to measure on (evaluation.texts)</source>
        <translation> für die Messung (evaluation.texts)</translation>
    </message>
    <message>
        <source>&quot;{0}&quot;</source>
        <translation>„{0}“</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>&apos;answer&apos; must end in #### and the number that is the result, such as #### 72, but it ends in {0}</source>
        <translation>„answer“ muss auf #### und die Zahl des Ergebnisses enden, etwa #### 72, endet aber auf {0}</translation>
    </message>
    <message>
        <source>&apos;auto&apos;, &apos;cpu&apos;, &apos;cuda:0&apos;, &apos;mps&apos; or &apos;xpu&apos;.</source>
        <translation>&apos;auto&apos;, &apos;cpu&apos;, &apos;cuda:0&apos;, &apos;mps&apos; oder &apos;xpu&apos;.</translation>
    </message>
    <message>
        <source>&apos;choices&apos; has {0} texts and {1} different labels</source>
        <translation>„choices“ hat {0} Texte und {1} verschiedene Bezeichnungen</translation>
    </message>
    <message>
        <source>&apos;choices&apos; must have lists &apos;text&apos; and &apos;label&apos;, but it is {0}</source>
        <translation>„choices“ braucht die Listen „text“ und „label“, ist aber {0}</translation>
    </message>
    <message>
        <source>&apos;demo&apos;, a Hub id such as org/name, a model folder, or a GGUF file; empty until one is chosen.</source>
        <translation>„demo“, ein Name auf dem Hub wie org/name, ein Modellordner oder eine GGUF-Datei; leer, bis eines gewählt ist.</translation>
    </message>
    <message>
        <source>&apos;layerswarm {0}&apos; needs the engine.</source>
        <translation>„layerswarm {0}“ braucht die Engine.</translation>
    </message>
    <message>
        <source>&apos;question&apos; must be text, or an object with the text as its &apos;stem&apos;</source>
        <translation>„question“ muss Text sein oder ein Objekt mit dem Text als „stem“</translation>
    </message>
    <message>
        <source>&apos;sentence&apos; needs a gap, written as _, followed by more text</source>
        <translation>„sentence“ braucht eine Lücke, geschrieben als _, und Text danach</translation>
    </message>
    <message>
        <source>&apos;text&apos; is a single word, so there is no context before the word to predict</source>
        <translation>„text“ ist ein einziges Wort; vor dem vorherzusagenden Wort steht also kein Kontext</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; cannot be the name of a file; choose a shorter one of letters and digits.</source>
        <translation>„{0}“ kann nicht der Name einer Datei sein; wählen Sie einen kürzeren aus Buchstaben und Ziffern.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; differs</source>
        <translation>„{0}“ unterscheidet sich</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; has another shape</source>
        <translation>„{0}“ hat eine andere Form</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; has no figure &apos;{1}&apos; between 0 and 1; it has {2}.</source>
        <translation>„{0}“ hat keine Kennzahl „{1}“ zwischen 0 und 1; vorhanden: {2}.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; has {1} choices, but {2} are needed</source>
        <translation>„{0}“ hat {1} Antworten zur Auswahl, nötig sind {2}</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; holds {1}</source>
        <translation>„{0}“ enthält {1}</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; in {1} cannot be dequantised: {2}; download or copy the model again, or give its unquantised folder.</source>
        <translation>„{0}“ in {1} lässt sich nicht dequantisieren: {2}; laden oder kopieren Sie das Modell neu, oder wählen Sie seinen nicht quantisierten Ordner.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is a file, not a Hub data set; name it with the source &apos;file&apos;.</source>
        <translation>„{0}“ ist eine Datei, kein Datensatz auf dem Hub; nennen Sie sie mit der Quelle „file“.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is a group of {1} tasks; choose one of them as the fitness (search.task).</source>
        <translation>„{0}“ ist eine Gruppe von {1} Aufgaben; wählen Sie eine davon als Fitness (search.task).</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is neither a local text file nor the id of a Hub data set, such as &apos;org/name&apos;.</source>
        <translation>„{0}“ ist weder eine lokale Textdatei noch der Name eines Datensatzes auf dem Hub, etwa „org/name“.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is no address of a cluster; use auto, ray://HOST:10001 or HOST:6379.</source>
        <translation>„{0}“ ist keine Adresse eines Clusters; verwenden Sie auto, ray://HOST:10001 oder HOST:6379.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not a Hub id; one looks like organisation/name.</source>
        <translation>„{0}“ ist kein Name auf dem Hub; einer sieht aus wie organisation/name.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; is not the name of a model&apos;s file.</source>
        <translation>„{0}“ ist nicht der Name einer Datei eines Modells.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; must be a list of texts, but it is {1}</source>
        <translation>„{0}“ muss eine Liste von Texten sein, ist aber {1}</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; reads local data; set evaluation.data_folder to the folder that holds them.</source>
        <translation>„{0}“ liest lokale Daten; setzen Sie evaluation.data_folder auf den Ordner, der sie enthält.</translation>
    </message>
    <message>
        <source>* Other programs took up to {0} of the processor while this was measured, so that the speeds cannot be compared. Measure them again when the computer is quiet.</source>
        <translation>* Andere Programme haben während der Messung bis zu {0} des Prozessors genutzt, sodass das Tempo nicht vergleichbar ist. Messen Sie es erneut, wenn der Rechner ruhig ist.</translation>
    </message>
    <message>
        <source>, and none of its other names: {0}</source>
        <translation>, und auch unter keinem ihrer anderen Namen: {0}</translation>
    </message>
    <message>
        <source>, and {0:.4f} to {1:.4f} on text from elsewhere</source>
        <translation>, und {0:.4f} auf {1:.4f} auf fremdem Text</translation>
    </message>
    <message>
        <source>, nor as the {0} text that it is by its byte order mark</source>
        <translation>, und auch nicht als {0}, wie seine Bytereihenfolge-Marke angibt</translation>
    </message>
    <message>
        <source>, nor of {0} other subjects</source>
        <translation>, und auch keine von {0} weiteren Fächern</translation>
    </message>
    <message>
        <source>.txt, .jsonl, .json, .parquet, .csv or .tsv, also compressed as .gz or .zst</source>
        <translation>.txt, .jsonl, .json, .parquet, .csv oder .tsv, auch komprimiert als .gz oder .zst</translation>
    </message>
    <message>
        <source>0 for sol1 or 1 for sol2</source>
        <translation>0 für sol1 oder 1 für sol2</translation>
    </message>
    <message>
        <source>0 to 3 or a letter from A to D</source>
        <translation>0 bis 3 oder ein Buchstabe von A bis D</translation>
    </message>
    <message>
        <source>1 for option1 or 2 for option2</source>
        <translation>1 für option1 oder 2 für option2</translation>
    </message>
    <message>
        <source>: the file is empty</source>
        <translation>: Die Datei ist leer</translation>
    </message>
    <message>
        <source>; did you mean &apos;{0}&apos;?</source>
        <translation>; meinten Sie „{0}“?</translation>
    </message>
    <message>
        <source>; name the folder above {0}</source>
        <translation>; nennen Sie den Ordner über {0}</translation>
    </message>
    <message>
        <source>; see &apos;lm-eval ls tasks&apos; for their names.</source>
        <translation>; ihre Namen zeigt „lm-eval ls tasks“.</translation>
    </message>
    <message>
        <source>A &apos;{0}&apos; GGUF file cannot lose these layers: {1}.</source>
        <translation>Eine GGUF-Datei der Architektur „{0}“ kann diese Schichten nicht verlieren: {1}.</translation>
    </message>
    <message>
        <source>A &apos;{0}&apos; model cannot lose {1}: layer {2} would be built differently at its new position {3} ({4}); remove other layers.</source>
        <translation>Ein Modell vom Typ „{0}“ kann {1} nicht verlieren: Schicht {2} würde an ihrer neuen Stelle {3} anders gebaut ({4}); entfernen Sie andere Schichten.</translation>
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
        <source>A model of type &apos;{0}&apos; cannot be pruned: {1}.</source>
        <translation>Ein Modell vom Typ „{0}“ kann nicht beschnitten werden: {1}.</translation>
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
        <source>A preset needs a name.</source>
        <translation>Eine Vorgabe braucht einen Namen.</translation>
    </message>
    <message>
        <source>A text file became shorter while it was read; do not change it until the run has begun.</source>
        <translation>Eine Textdatei wurde kürzer, während sie gelesen wurde; ändern Sie sie nicht, bevor der Lauf begonnen hat.</translation>
    </message>
    <message>
        <source>AMD GPU (ROCm 7.2)</source>
        <translation>AMD-GPU (ROCm 7.2)</translation>
    </message>
    <message>
        <source>Adapters are not in the intended modules of {0}: {1} modules differ, among them {2}; this is a fault of LayerSwarm or of its version of peft; recovery.enabled=false skips recovery.</source>
        <translation>Die Adapter sitzen nicht in den vorgesehenen Modulen von {0}: {1} Module weichen ab, darunter {2}; das ist ein Fehler von LayerSwarm oder seiner Version von peft; recovery.enabled=false überspringt die Wiederherstellung.</translation>
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
        <source>All {0} layers would be removed; keep at least one.</source>
        <translation>Alle {0} Schichten würden entfernt; behalten Sie mindestens eine.</translation>
    </message>
    <message>
        <source>Also train the LM head, where it is not tied to the embedding; needs more memory.</source>
        <translation>Neben den Adaptern den LM-Kopf trainieren, wo er nicht zugleich die Einbettung ist; braucht Speicher.</translation>
    </message>
    <message>
        <source>Also train the norms of the trained layers and, with LoRA, the final norm.</source>
        <translation>Auch die Normen der trainierten Schichten und, mit LoRA, die letzte Norm trainieren.</translation>
    </message>
    <message>
        <source>An overlap of {0} tokens leaves no token to predict in windows of {1}; lower evaluation.overlap_tokens.</source>
        <translation>Eine Überlappung von {0} Token lässt in Fenstern von {1} keines zum Vorhersagen übrig; senken Sie evaluation.overlap_tokens.</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Angular distance</source>
        <translation>Winkelabstand</translation>
    </message>
    <message>
        <source>Another LayerSwarm is working on {0}; pause it there, or wait until it has finished.</source>
        <translation>Ein anderes LayerSwarm arbeitet an {0}; halten Sie es dort an, oder warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
        <source>Another setup is at work in {0}; wait for it.</source>
        <translation>In {0} arbeitet schon eine Einrichtung; warten Sie auf sie.</translation>
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
        <source>At {0} the cluster itself answers, not its server for clients; write {0} without ray://.</source>
        <translation>Unter {0} antwortet der Cluster selbst, nicht sein Server für Clients; schreiben Sie {0} ohne ray://.</translation>
    </message>
    <message>
        <source>At {0} the cluster&apos;s server for clients answers; write ray://{0}.</source>
        <translation>Unter {0} antwortet der Server des Clusters für Clients; schreiben Sie ray://{0}.</translation>
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
        <source>Benchmark tasks (lm-eval)</source>
        <translation>Benchmark-Aufgaben (lm-eval)</translation>
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
        <source>Broken pipe</source>
        <translation>Unterbrochene Verbindung zu einem anderen Programm</translation>
    </message>
    <message>
        <source>Building the ONNX model</source>
        <translation>Baut das ONNX-Modell</translation>
    </message>
    <message>
        <source>By its chat template, this model {0}: removing layers hurts such skills first, before perplexity shows it ({1}), so test them on the smaller model.</source>
        <translation>Nach seiner Chat-Vorlage kann dieses Modell mehr: Es {0}. Entfernte Schichten schaden solchen Fähigkeiten zuerst, bevor die Perplexität es zeigt ({1}); prüfen Sie sie am kleineren Modell.</translation>
    </message>
    <message>
        <source>Byte perplexity, {0}</source>
        <translation>Perplexität je Byte, {0}</translation>
    </message>
    <message>
        <source>CPU only</source>
        <translation>Nur CPU</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
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
        <source>Cannot allocate memory</source>
        <translation>Der Speicher reicht nicht</translation>
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
        <source>Compensation</source>
        <translation>Ausgleich</translation>
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
        <source>Compressing the model to {0}</source>
        <translation>Komprimiert das Modell auf {0}</translation>
    </message>
    <message>
        <source>Connect this computer, or name a llama.cpp checkout: export.llama_cpp=FOLDER.</source>
        <translation>Verbinden Sie diesen Computer, oder nennen Sie eine Kopie von llama.cpp: export.llama_cpp=ORDNER.</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>Verbindung von der Gegenseite getrennt</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>Zeitüberschreitung der Verbindung</translation>
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
        <source>Converting to GGUF</source>
        <translation>Umwandeln in GGUF</translation>
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
        <source>DataParallel leaves them</source>
        <translation>DataParallel hinterlässt sie</translation>
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
        <source>Device or resource busy</source>
        <translation>Gerät oder Datei wird gerade verwendet</translation>
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
        <source>Directory not empty</source>
        <translation>Ordner nicht leer</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>Kontingent auf dem Datenträger erschöpft</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Fertig.</translation>
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
        <source>Evaluation</source>
        <translation>Auswertung</translation>
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
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Export to GGUF and ONNX</source>
        <translation>Export nach GGUF und ONNX</translation>
    </message>
    <message>
        <source>Export to OpenVINO</source>
        <translation>Export nach OpenVINO</translation>
    </message>
    <message>
        <source>FSDP leaves them</source>
        <translation>FSDP hinterlässt sie</translation>
    </message>
    <message>
        <source>Fetching llama.cpp&apos;s converter</source>
        <translation>Herunterladen des Konverters von llama.cpp</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>Datei existiert schon</translation>
    </message>
    <message>
        <source>File formats of the export, such as safetensors, gguf:q8_0 or onnx_genai:int4; &apos;layerswarm formats&apos; lists them all.</source>
        <translation>Dateiformate des Exports, etwa safetensors, gguf:q8_0 oder onnx_genai:int4; &apos;layerswarm formats&apos; nennt alle.</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>Dateiname zu lang</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>Datei zu groß</translation>
    </message>
    <message>
        <source>Finished work is kept.</source>
        <translation>Fertige Arbeit bleibt erhalten.</translation>
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
        <source>Found: {0} with {1}, compute capability {2}.{3}, driver {4}.</source>
        <translation>Gefunden: {0} mit {1}, Compute Capability {2}.{3}, Treiber {4}.</translation>
    </message>
    <message>
        <source>Found: {0}.</source>
        <translation>Gefunden: {0}.</translation>
    </message>
    <message>
        <source>GGUF files are checked in llama.cpp when it is installed: pip install &apos;layerswarm[gguf-export]&apos;</source>
        <translation>GGUF-Dateien werden in llama.cpp geprüft, wenn es installiert ist: pip install &apos;layerswarm[gguf-export]&apos;</translation>
    </message>
    <message>
        <source>GGUF needs the package sentencepiece: pip install &apos;layerswarm[gguf-export]&apos;</source>
        <translation>GGUF braucht das Paket sentencepiece: pip install &apos;layerswarm[gguf-export]&apos;</translation>
    </message>
    <message>
        <source>GGUF, as it came</source>
        <translation>GGUF, wie es kam</translation>
    </message>
    <message>
        <source>Gap {0} of {1} ({2}): local distillation trains {3:,} weights; their layers: {4}.</source>
        <translation>Lücke {0} von {1} ({2}): lokale Destillation trainiert {3:,} Gewichte; ihre Schichten: {4}.</translation>
    </message>
    <message>
        <source>Generation with the KV cache</source>
        <translation>Schreiben mit dem KV-Cache</translation>
    </message>
    <message>
        <source>Give exactly one of budget.layers, budget.percent, budget.megabytes and budget.speedup; {0} are given.</source>
        <translation>Geben Sie genau eines von budget.layers, budget.percent, budget.megabytes und budget.speedup an; angegeben sind {0}.</translation>
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
        <source>HF_HUB_OFFLINE disables the Hub; unset it to push.</source>
        <translation>HF_HUB_OFFLINE schaltet den Hub ab; entfernen Sie die Variable zum Hochladen.</translation>
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
        <source>Hidden states that do not fit into memory cannot be written to {0} ({1}); make room on that disk.</source>
        <translation>Zustände, die nicht in den Speicher passen, lassen sich nicht nach {0} schreiben ({1}); schaffen Sie Platz auf diesem Datenträger.</translation>
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
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>Intel GPU (XPU)</source>
        <translation>Intel-GPU (XPU)</translation>
    </message>
    <message>
        <source>Invalid argument</source>
        <translation>Ungültiges Argument</translation>
    </message>
    <message>
        <source>Invalid cross-device link</source>
        <translation>Verknüpfung über Datenträger hinweg nicht möglich</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Ist ein Ordner</translation>
    </message>
    <message>
        <source>Item {0} of {1}</source>
        <translation>Eintrag {0} von {1}</translation>
    </message>
    <message>
        <source>Iteration {0} of {1}</source>
        <translation>Iteration {0} von {1}</translation>
    </message>
    <message>
        <source>Jetson Orin Nano, 8 GB</source>
        <translation>Jetson Orin Nano, 8 GB</translation>
    </message>
    <message>
        <source>Joining {0}</source>
        <translation>Fügt {0} zusammen</translation>
    </message>
    <message>
        <source>K-quants such as q4_k_m need llama.cpp&apos;s own quantiser: put llama-quantize on the PATH, name a built llama.cpp checkout in export.llama_cpp, or pip install llama-cpp-python</source>
        <translation>K-Quants wie q4_k_m brauchen den Quantisierer von llama.cpp: Legen Sie llama-quantize in den PATH, nennen Sie ein gebautes llama.cpp in export.llama_cpp, oder installieren Sie llama-cpp-python mit pip</translation>
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
        <source>KL {0:.2g} from the pruned model in 32 bits, {1} (allowed {2:g}); {3}</source>
        <translation>KL {0:.2g} gegenüber dem beschnittenen Modell in 32 Bit, {1} (erlaubt {2:g}); {3}</translation>
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
        <source>Laptop with 6 GB graphics memory</source>
        <translation>Laptop mit 6 GB Grafikspeicher</translation>
    </message>
    <message>
        <source>Laptop with 8 GB graphics memory</source>
        <translation>Laptop mit 8 GB Grafikspeicher</translation>
    </message>
    <message>
        <source>Laptop, 16 GB</source>
        <translation>Laptop, 16 GB</translation>
    </message>
    <message>
        <source>Laptop, 8 GB</source>
        <translation>Laptop, 8 GB</translation>
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
        <source>LayerSwarm does not know which layers of a &apos;{0}&apos; GGUF file use the sliding window; prune the Hugging Face folder of the model and convert that.</source>
        <translation>LayerSwarm weiß nicht, welche Schichten einer GGUF-Datei der Architektur „{0}“ ein gleitendes Fenster haben; beschneiden Sie den Hugging-Face-Ordner des Modells, und wandeln Sie diesen um.</translation>
    </message>
    <message>
        <source>LayerSwarm is not installed properly; install it again.</source>
        <translation>LayerSwarm ist nicht richtig installiert; installieren Sie es neu.</translation>
    </message>
    <message>
        <source>LayerSwarm works offline, and a package was not downloaded before; leave offline mode, or set the engine up from a folder of wheels.</source>
        <translation>LayerSwarm arbeitet offline, und ein Paket wurde noch nicht heruntergeladen; verlassen Sie den Offline-Modus, oder richten Sie die Engine aus einem Ordner mit Wheels ein.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Layers behind each gap that local distillation trains together with the one before it; each takes 20 bytes per weight in memory.</source>
        <translation>Schichten hinter jeder Lücke, die lokale Destillation zusammen mit der Schicht davor trainiert; jede braucht 20 Byte Speicher je Gewicht.</translation>
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
        <source>Lightning Fabric leaves them</source>
        <translation>Lightning Fabric hinterlässt sie</translation>
    </message>
    <message>
        <source>Limit on the tokens that the search sends through the model, counted as whole forward passes.</source>
        <translation>Token, die die Suche durch das Modell schicken darf, je ein ganzer Durchlauf.</translation>
    </message>
    <message>
        <source>Line {0} of {1}</source>
        <translation>Zeile {0} von {1}</translation>
    </message>
    <message>
        <source>Line {0} of {1} cannot be read as CSV ({2}); correct or remove it.</source>
        <translation>Zeile {0} von {1} ist nicht als CSV lesbar ({2}); berichtigen oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>Line {0} of {1} is no JSON ({2} at column {3}); mend or remove it.</source>
        <translation>Zeile {0} von {1} ist kein JSON ({2} in Spalte {3}); berichtigen oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>Line {0} of {1} {2}; mend or remove it.</source>
        <translation>Zeile {0} von {1} {2}; berichtigen oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>Linear layers of each block that are trained.</source>
        <translation>Lineare Schichten jedes Blocks, die trainiert werden.</translation>
    </message>
    <message>
        <source>LoRA adapters for all layers, trained on the dense model&apos;s predictions; or local distillation of the layers around each gap, trained on its hidden states, which holds only these layers in memory.</source>
        <translation>LoRA-Adapter für alle Schichten, trainiert auf die Vorhersagen des dichten Modells; oder lokale Destillation der Schichten um jede Lücke, trainiert auf seine verborgenen Zustände, die nur diese Schichten im Speicher hält.</translation>
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
        <source>Looking at its packages</source>
        <translation>Pakete werden angesehen</translation>
    </message>
    <message>
        <source>Looking for the packages</source>
        <translation>Pakete werden gesucht</translation>
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
        <source>Mac (Apple GPU and CPU)</source>
        <translation>Mac (Apple-GPU und CPU)</translation>
    </message>
    <message>
        <source>Making an environment</source>
        <translation>Eine Umgebung wird angelegt</translation>
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
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model to export; best is the recovered one where recovery helped, else the compensated one.</source>
        <translation>Modell für den Export; best ist das wiederhergestellte, wo die Wiederherstellung half, sonst das ausgeglichene.</translation>
    </message>
    <message>
        <source>Models in 4 bits (bitsandbytes)</source>
        <translation>Modelle in 4 Bit (bitsandbytes)</translation>
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
        <source>NVIDIA GPU (CUDA 13)</source>
        <translation>NVIDIA-GPU (CUDA 13)</translation>
    </message>
    <message>
        <source>Neither the Hub nor the package index provides the demo model ({0}); connect this computer, or give a model folder.</source>
        <translation>Weder der Hub noch der Paketindex liefert das Demomodell ({0}); verbinden Sie diesen Computer, oder wählen Sie einen Modellordner.</translation>
    </message>
    <message>
        <source>No &apos;{0}&apos; model can be built from the values in config.json ({1}); download or copy the model again.</source>
        <translation>Aus den Werten in config.json lässt sich kein Modell vom Typ „{0}“ bauen ({1}); laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>No data set is named; give a Hub data set id, such as &apos;org/name&apos; or &apos;org/name:config&apos;.</source>
        <translation>Es ist kein Datensatz genannt; geben Sie den Namen eines Datensatzes auf dem Hub an, etwa „org/name“ oder „org/name:config“.</translation>
    </message>
    <message>
        <source>No environment is chosen now.</source>
        <translation>Jetzt ist keine Umgebung gewählt.</translation>
    </message>
    <message>
        <source>No layer around a gap has weights that local distillation can train with recovery.target={0}; choose another target, or recovery.method=lora.</source>
        <translation>Keine Schicht an einer Lücke hat Gewichte, die lokale Distillation mit recovery.target={0} trainieren kann; wählen Sie ein anderes Ziel oder recovery.method=lora.</translation>
    </message>
    <message>
        <source>No layer around {0} has weights that local distillation can train with recovery.target={1}, so they stay as they are.</source>
        <translation>Keine Schicht um {0} hat Gewichte, die lokale Distillation mit recovery.target={1} trainieren kann; sie bleiben, wie sie sind.</translation>
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
        <source>No set of {0} layers can be removed from this model without breaking the fixed pattern of its layer kinds; choose another number of layers.</source>
        <translation>Aus diesem Modell lassen sich keine {0} Schichten entfernen, ohne das feste Muster seiner Schichtarten zu brechen; wählen Sie eine andere Anzahl von Schichten.</translation>
    </message>
    <message>
        <source>No set of {0} layers has a finite score: the model computes nan or inf in {1}; its weights are damaged, or try device.dtype=float32.</source>
        <translation>Keine Entfernungsmenge von {0} Schichten hat einen endlichen Wert: Das Modell berechnet nan oder inf in {1}; seine Gewichte sind beschädigt, oder versuchen Sie device.dtype=float32.</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>Kein solches Gerät</translation>
    </message>
    <message>
        <source>No such device or address</source>
        <translation>Kein solches Gerät und keine solche Adresse</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Kein Ordner</translation>
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
        <source>ONNX Runtime GenAI&apos;s builder does not know {0}; choose onnx or openvino.</source>
        <translation>Der Builder von ONNX Runtime GenAI kennt {0} nicht; wählen Sie onnx oder openvino.</translation>
    </message>
    <message>
        <source>ONNX needs more packages: pip install &apos;layerswarm[onnx]&apos;</source>
        <translation>ONNX braucht weitere Pakete: pip install &apos;layerswarm[onnx]&apos;</translation>
    </message>
    <message>
        <source>Older NVIDIA GPU (CUDA 12.6)</source>
        <translation>Ältere NVIDIA-GPU (CUDA 12.6)</translation>
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
        <source>OpenVINO needs more packages: pip install &apos;layerswarm[openvino]&apos;</source>
        <translation>OpenVINO braucht weitere Pakete: pip install &apos;layerswarm[openvino]&apos;</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>Vorgang nicht erlaubt</translation>
    </message>
    <message>
        <source>Optimiser steps; with local distillation, for each gap.</source>
        <translation>Schritte des Optimierers; bei lokaler Destillation für jede Lücke.</translation>
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
        <source>PEFT leaves them before a merge</source>
        <translation>PEFT hinterlässt sie vor dem Einrechnen</translation>
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
        <source>Paused; the device is free. It can be continued from here.</source>
        <translation>Angehalten; das Gerät ist frei. Von hier lässt es sich fortsetzen.</translation>
    </message>
    <message>
        <source>Peak learning rate of LoRA; local distillation trains whole weights, with a third of it.</source>
        <translation>Höchste Lernrate von LoRA; lokale Destillation trainiert ganze Gewichte, mit einem Drittel davon.</translation>
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
        <source>Permission denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>Perplexity, {0}</source>
        <translation>Perplexität, {0}</translation>
    </message>
    <message>
        <source>Phone, 12 GB</source>
        <translation>Telefon, 12 GB</translation>
    </message>
    <message>
        <source>Phone, 4 GB</source>
        <translation>Telefon, 4 GB</translation>
    </message>
    <message>
        <source>Phone, 6 GB</source>
        <translation>Telefon, 6 GB</translation>
    </message>
    <message>
        <source>Phone, 8 GB</source>
        <translation>Telefon, 8 GB</translation>
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
        <source>Processes that share every batch, one per GPU (on a CPU they share its cores); 0 means one for each GPU. With device.cluster, other numbers than 1 train on the cluster.</source>
        <translation>Prozesse, die sich jeden Stapel teilen, einer je GPU (auf einer CPU teilen sie sich deren Kerne); 0 bedeutet einen für jede GPU. Mit device.cluster trainieren andere Zahlen als 1 auf dem Cluster.</translation>
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
        <source>Putting the packages into place</source>
        <translation>Pakete werden an ihren Platz gebracht</translation>
    </message>
    <message>
        <source>Quantising to {0}</source>
        <translation>Quantisieren auf {0}</translation>
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
        <source>Raspberry Pi 5, 16 GB</source>
        <translation>Raspberry Pi 5, 16 GB</translation>
    </message>
    <message>
        <source>Raspberry Pi 5, 2 GB</source>
        <translation>Raspberry Pi 5, 2 GB</translation>
    </message>
    <message>
        <source>Raspberry Pi 5, 4 GB</source>
        <translation>Raspberry Pi 5, 4 GB</translation>
    </message>
    <message>
        <source>Raspberry Pi 5, 8 GB</source>
        <translation>Raspberry Pi 5, 8 GB</translation>
    </message>
    <message>
        <source>Ray cluster whose devices help, all of the kind of this one: &apos;auto&apos; for the one that runs on this machine, &apos;ray://HOST:10001&apos; or &apos;HOST:6379&apos;; empty for none.</source>
        <translation>Ray-Cluster, dessen Geräte mithelfen, alle von der Art dieses Geräts: &apos;auto&apos; für den Cluster auf diesem Rechner, &apos;ray://HOST:10001&apos; oder &apos;HOST:6379&apos;; leer für keinen.</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Dateisystem nur lesbar</translation>
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
        <source>Recovery</source>
        <translation>Wiederherstellung</translation>
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
        <source>Recovery trains on the cluster, with so many processes on each machine: {0}.</source>
        <translation>Die Wiederherstellung trainiert auf dem Cluster, mit so vielen Prozessen je Rechner: {0}.</translation>
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
        <source>Removing the layers {0} would break the fixed pattern of layer kinds of a &apos;{1}&apos; model; remove whole periods of the pattern instead.</source>
        <translation>Ohne die Schichten {0} wäre das feste Muster der Schichtarten eines Modells vom Typ „{1}“ gebrochen; entfernen Sie stattdessen ganze Perioden des Musters.</translation>
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
        <source>Running it in {0}</source>
        <translation>Ausführen in {0}</translation>
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
        <source>Safetensors, text part alone</source>
        <translation>Safetensors, nur der Textteil</translation>
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
        <source>Search</source>
        <translation>Suche</translation>
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
        <source>Set it up with &apos;{0}&apos;, or in the window.</source>
        <translation>Richten Sie sie mit „{0}“ oder im Fenster ein.</translation>
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
        <source>Something unexpected went wrong ({0}). Finished work is kept.</source>
        <translation>Etwas Unerwartetes ist schiefgegangen ({0}). Fertige Arbeit bleibt erhalten.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({0}). Finished work is kept; the details are in {1}.</source>
        <translation>Etwas Unerwartetes ist schiefgegangen ({0}). Fertige Arbeit bleibt erhalten; die Einzelheiten stehen in {1}.</translation>
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
        <source>Stopped; all results so far are kept. It can be continued from here.</source>
        <translation>Gestoppt; alle bisherigen Ergebnisse bleiben. Von hier lässt es sich fortsetzen.</translation>
    </message>
    <message>
        <source>Stopped; the text so far stands.</source>
        <translation>Beendet; der bisherige Text bleibt stehen.</translation>
    </message>
    <message>
        <source>Strengths of the ridge to choose from on the validation windows, relative to the mean square of the layer&apos;s activations; a layer that none of them helps stays as it is.</source>
        <translation>Stärken der Regularisierung, aus denen auf den Validierungsfenstern gewählt wird, bezogen auf das mittlere Quadrat der Aktivierungen; eine Schicht, der keine hilft, bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Surgery on {0} left {1} layers instead of {2}; report this.</source>
        <translation>Nach dem Eingriff in {0} blieben {1} Schichten statt {2}; melden Sie das.</translation>
    </message>
    <message>
        <source>TRL leaves them</source>
        <translation>TRL hinterlässt sie</translation>
    </message>
    <message>
        <source>Tensors of the original file</source>
        <translation>Tensoren der Originaldatei</translation>
    </message>
    <message>
        <source>Testing the engine</source>
        <translation>Die Engine wird geprüft</translation>
    </message>
    <message>
        <source>Text file busy</source>
        <translation>Datei wird gerade ausgeführt</translation>
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
        <source>The GGUF file does not state how many blocks it has; download or convert it again.</source>
        <translation>Die GGUF-Datei gibt nicht an, wie viele Blöcke sie hat; laden Sie sie neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>The GGUF file states sliding windows for only {0} of its {1} layers; download or convert it again.</source>
        <translation>Die GGUF-Datei gibt gleitende Fenster nur für {0} ihrer {1} Schichten an; laden Sie sie neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>The GGUF file that the model came from without the removed layers; the others stay byte for byte.</source>
        <translation>Die GGUF-Datei, aus der das Modell kam, ohne die entfernten Schichten; die übrigen bleiben Byte für Byte.</translation>
    </message>
    <message>
        <source>The Hub answered with error {0} for {1}; try again later.</source>
        <translation>Der Hub antwortete für {1} mit Fehler {0}; versuchen Sie es später wieder.</translation>
    </message>
    <message>
        <source>The Hub answered with error {0} for {1}{2}; try again later.</source>
        <translation>Der Hub antwortete für {1}{2} mit Fehler {0}; versuchen Sie es später wieder.</translation>
    </message>
    <message>
        <source>The Hub answered with error {0}; try again later.</source>
        <translation>Der Hub antwortete mit Fehler {0}; versuchen Sie es später wieder.</translation>
    </message>
    <message>
        <source>The Hub cannot be reached and {0} is not complete in the cache; connect this computer, or copy the model&apos;s folder here and give its path.</source>
        <translation>Der Hub ist nicht erreichbar, und {0} ist nicht vollständig im Cache; verbinden Sie diesen Computer, oder kopieren Sie den Ordner des Modells hierher und nennen Sie seinen Pfad.</translation>
    </message>
    <message>
        <source>The Hub cannot be reached from this computer now; models that are already on it still work.</source>
        <translation>Der Hub ist von diesem Computer aus gerade nicht erreichbar; Modelle, die schon hier sind, funktionieren weiter.</translation>
    </message>
    <message>
        <source>The Hub does not accept the token of this computer{0}; log in again with &apos;hf auth login&apos;.</source>
        <translation>Der Hub nimmt das Token dieses Computers nicht an{0}; melden Sie sich mit „hf auth login“ neu an.</translation>
    </message>
    <message>
        <source>The Hub does not know this token; copy it again from your account&apos;s settings.</source>
        <translation>Der Hub kennt dieses Token nicht; kopieren Sie es noch einmal aus den Einstellungen Ihres Kontos.</translation>
    </message>
    <message>
        <source>The Hub has no repository {0} and cannot create it{1}; check the name of the organisation and the model.</source>
        <translation>Der Hub hat kein Repository {0} und kann es nicht anlegen{1}; prüfen Sie den Namen der Organisation und des Modells.</translation>
    </message>
    <message>
        <source>The LM head of {0} is tied to its embedding and cannot be trained alone; set recovery.train_head=false.</source>
        <translation>Der LM-Kopf von {0} ist an die Einbettung gebunden und kann nicht allein trainiert werden; setzen Sie recovery.train_head=false.</translation>
    </message>
    <message>
        <source>The Python of LayerSwarm, {0}, has the engine already.</source>
        <translation>Das Python von LayerSwarm, {0}, hat die Engine schon.</translation>
    </message>
    <message>
        <source>The adapter in {0} does not fit its base model {1}, or cannot be merged: {2}</source>
        <translation>Der Adapter in {0} passt nicht zu seinem Basismodell {1} oder lässt sich nicht einrechnen: {2}</translation>
    </message>
    <message>
        <source>The adapter in {0} does not fit its base model {1}: it {2} &apos;{3}&apos; ({4} such tensors); set &apos;base_model_name_or_path&apos; in its adapter_config.json to the model that it was trained on.</source>
        <translation>Der Adapter in {0} passt nicht zu seinem Basismodell {1}: Er {2} „{3}“ ({4} solche Tensoren); setzen Sie „base_model_name_or_path“ in seiner adapter_config.json auf das Modell, auf dem er trainiert wurde.</translation>
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
        <source>The adapter in {0} is of the kind {1}, which cannot be merged into the weights of a model; give a model, or an adapter such as LoRA.</source>
        <translation>Der Adapter in {0} ist von der Art {1}, die sich nicht in die Gewichte eines Modells einrechnen lässt; wählen Sie ein Modell oder einen Adapter wie LoRA.</translation>
    </message>
    <message>
        <source>The adapter in {0} names itself as its base model; name the model that it was trained on.</source>
        <translation>Der Adapter in {0} nennt sich selbst als Basismodell; nennen Sie das Modell, auf dem er trainiert wurde.</translation>
    </message>
    <message>
        <source>The adapter in {0} names the base model {1}, whose weights are quantised (bitsandbytes, {2} bit); set &apos;{3}&apos; in its {4} to the unquantised model, such as {5}.</source>
        <translation>Der Adapter in {0} nennt das Basismodell {1}, dessen Gewichte quantisiert sind (bitsandbytes, {2} Bit); setzen Sie „{3}“ in seiner {4} auf das nicht quantisierte Modell, etwa {5}.</translation>
    </message>
    <message>
        <source>The adapter in {0} was made for Megatron&apos;s layers, which LayerSwarm does not load.</source>
        <translation>Der Adapter in {0} wurde für die Schichten von Megatron gemacht, die LayerSwarm nicht lädt.</translation>
    </message>
    <message>
        <source>The adapter in {0} was trained for {1} (task_type {2}), not for a language model that generates text; give one that was.</source>
        <translation>Der Adapter in {0} wurde für {1} trainiert (task_type {2}), nicht für ein Sprachmodell, das Text erzeugt; wählen Sie einen, der das wurde.</translation>
    </message>
    <message>
        <source>The adapter in {0} was trained with a vocabulary of {1:,} tokens, its base model has {2:,}, and it does not contain the missing embeddings; merge it with the tool that made it, and give the merged model.</source>
        <translation>Der Adapter in {0} wurde mit einem Vokabular von {1:,} Token trainiert, sein Basismodell hat {2:,}, und die fehlenden Einbettungen enthält er nicht; rechnen Sie ihn mit dem Werkzeug ein, das ihn gemacht hat, und wählen Sie das Ergebnis.</translation>
    </message>
    <message>
        <source>The adapter {0} ({1}) is merged into {2}.</source>
        <translation>Der Adapter {0} ({1}) ist in {2} eingerechnet.</translation>
    </message>
    <message>
        <source>The answers are to {0} short questions, each in another language, with at most {1} tokens each. Repetition is the share of sequences of four tokens that stood in the same answer before. Compare with the dense model: what it cannot do either was not lost.</source>
        <translation>Beantwortet wurden {0} kurze Fragen, jede in einer anderen Sprache, mit höchstens {1} Tokens. Wiederholung ist der Anteil der Folgen von vier Tokens, die in derselben Antwort schon vorkamen. Vergleichen Sie mit dem dichten Modell: Was auch dieses nicht kann, ging nicht verloren.</translation>
    </message>
    <message>
        <source>The answers of &apos;{0}&apos; are generated; only a task that chooses answers can be the fitness.</source>
        <translation>Die Antworten von „{0}“ werden geschrieben; nur eine Aufgabe, die Antworten auswählt, kann die Fitness sein.</translation>
    </message>
    <message>
        <source>The base model {0} and the adapter in {1} do not fit into memory together; free memory by closing other programs, or merge them on a larger machine.</source>
        <translation>Das Basismodell {0} und der Adapter in {1} passen zusammen nicht in den Speicher; schließen Sie andere Programme, oder rechnen Sie ihn auf einem größeren Computer ein.</translation>
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
        <source>The certificate of {0} is not accepted; name the one of your proxy with SSL_CERT_FILE.</source>
        <translation>Das Zertifikat von {0} wird nicht anerkannt; nennen Sie das Ihres Proxys mit SSL_CERT_FILE.</translation>
    </message>
    <message>
        <source>The changed weight {0} has no tensor of its own in {1}; export the pruned model (export.variant=pruned), or choose gguf:q8_0.</source>
        <translation>Das geänderte Gewicht {0} hat keinen eigenen Tensor in {1}; exportieren Sie das beschnittene Modell (export.variant=pruned), oder wählen Sie gguf:q8_0.</translation>
    </message>
    <message>
        <source>The changed weight {0} has shape {1}, but {2} on disk.</source>
        <translation>Das geänderte Gewicht {0} hat die Form {1}, auf dem Datenträger aber {2}.</translation>
    </message>
    <message>
        <source>The cluster at &apos;{0}&apos; has no device of the kind {1}, which the run uses; its scores could differ in their last digits on others.</source>
        <translation>Der Cluster unter „{0}“ hat kein Gerät der Art {1}, die der Lauf verwendet; auf anderen könnten sich die letzten Stellen seiner Bewertungen unterscheiden.</translation>
    </message>
    <message>
        <source>The cluster has no device of the kind {0} that can train; see the messages.</source>
        <translation>Der Cluster hat kein Gerät der Art {0}, das trainieren kann; siehe die Meldungen.</translation>
    </message>
    <message>
        <source>The cluster sent a file that no training writes ({0}).</source>
        <translation>Der Cluster hat eine Datei geschickt, die kein Training schreibt ({0}).</translation>
    </message>
    <message>
        <source>The column &apos;{0}&apos; of {1} holds no turns with a role and a content; write each turn as an object with these two, or rename the column to &apos;text&apos; and join the turns.</source>
        <translation>Die Spalte „{0}“ von {1} enthält keine Beiträge mit Rolle und Inhalt; schreiben Sie jeden Beitrag als Objekt mit diesen beiden, oder nennen Sie die Spalte „text“ und fügen Sie die Beiträge zusammen.</translation>
    </message>
    <message>
        <source>The column &apos;{0}&apos; of {1} holds {2}, not text; {3}.</source>
        <translation>Die Spalte „{0}“ von {1} enthält {2}, keinen Text; {3}.</translation>
    </message>
    <message>
        <source>The compensated weights are missing or damaged, so the layers are folded again.</source>
        <translation>Die ausgeglichenen Gewichte fehlen oder sind beschädigt; die Schichten werden erneut gefaltet.</translation>
    </message>
    <message>
        <source>The config of a &apos;{0}&apos; model has no section of its own for the text decoder, so it is not supported; choose another model.</source>
        <translation>Die Konfiguration eines Modells vom Typ „{0}“ hat keinen eigenen Abschnitt für den Textdecoder; es wird darum nicht unterstützt. Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>The config of this &apos;{0}&apos; model is not valid: {1}</source>
        <translation>Die Konfiguration dieses Modells vom Typ „{0}“ ist ungültig: {1}</translation>
    </message>
    <message>
        <source>The data set &apos;{0}&apos;</source>
        <translation>Der Datensatz „{0}“</translation>
    </message>
    <message>
        <source>The data set &apos;{0}&apos; (split &apos;{1}&apos;) cannot be used: {2}</source>
        <translation>Der Datensatz „{0}“ (Teil „{1}“) ist nicht verwendbar: {2}</translation>
    </message>
    <message>
        <source>The data set &apos;{0}&apos; (split &apos;{1}&apos;) is empty; choose another split or data set.</source>
        <translation>Der Datensatz „{0}“ (Teil „{1}“) ist leer; wählen Sie einen anderen Teil oder Datensatz.</translation>
    </message>
    <message>
        <source>The data set &apos;{0}&apos; cannot be fetched now ({1}); check the connection, or use a local file or the model&apos;s own text.</source>
        <translation>Der Datensatz „{0}“ lässt sich gerade nicht holen ({1}); prüfen Sie die Verbindung, oder verwenden Sie eine lokale Datei oder den eigenen Text des Modells.</translation>
    </message>
    <message>
        <source>The demo package {0} is not the expected file (sha256 {1}) and was not used; check the package index of this computer.</source>
        <translation>Das Demopaket {0} ist nicht die erwartete Datei (sha256 {1}) und wurde nicht verwendet; prüfen Sie den Paketindex dieses Computers.</translation>
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
        <source>The dense model&apos;s outputs on {0} recovery windows take about {1:,.0f} MB, more than recovery.lesson_megabytes, and the disk of {2} has no room for the rest; make room, or lower recovery.windows.</source>
        <translation>Die Ausgaben des dichten Modells auf {0} Fenstern der Wiederherstellung brauchen etwa {1:,.0f} MB, mehr als recovery.lesson_megabytes, und der Datenträger von {2} hat keinen Platz für den Rest; schaffen Sie Platz, oder senken Sie recovery.windows.</translation>
    </message>
    <message>
        <source>The dequantised form of {0}</source>
        <translation>Die dequantisierte Form von {0}</translation>
    </message>
    <message>
        <source>The device &apos;{0}&apos; is not available on this computer{1}; choose {2}, or &apos;auto&apos;.</source>
        <translation>Das Gerät „{0}“ ist auf diesem Computer nicht verfügbar{1}; wählen Sie {2} oder „auto“.</translation>
    </message>
    <message>
        <source>The device failed ({0}). Finished work is kept; continue, after a restart of the computer if the device does not come back, or on another one (device.name).</source>
        <translation>Das Gerät ist ausgefallen ({0}). Fertige Arbeit bleibt erhalten; fahren Sie fort, nach einem Neustart des Computers, falls das Gerät nicht zurückkommt, oder auf einem anderen (device.name).</translation>
    </message>
    <message>
        <source>The device ran out of memory on a single calibration window or question; choose shorter windows (calibration.window_length) or another device.</source>
        <translation>Der Speicher des Geräts reichte nicht für ein einziges Kalibrierungsfenster oder eine einzige Frage; wählen Sie kürzere Fenster (calibration.window_length) oder ein anderes Gerät.</translation>
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
        <source>The device ran out of memory while folding the removed layers, with a single window at once; {0}.</source>
        <translation>Der Speicher des Geräts reichte beim Ausgleich der entfernten Schichten nicht für ein einziges Fenster; {0}.</translation>
    </message>
    <message>
        <source>The device ran out of memory; choose fewer or shorter calibration windows, a smaller recovery batch (recovery.batch_windows) or another device. Finished work is kept.</source>
        <translation>Der Speicher des Geräts reichte nicht; wählen Sie weniger oder kürzere Kalibrierungsfenster, kleinere Stapel der Wiederherstellung (recovery.batch_windows) oder ein anderes Gerät. Fertige Arbeit bleibt erhalten.</translation>
    </message>
    <message>
        <source>The device ran out of memory; take a shorter prompt or fewer tokens, or free memory by closing other programs that use it.</source>
        <translation>Der Speicher des Geräts reichte nicht; wählen Sie eine kürzere Eingabe oder weniger Token, oder schließen Sie andere Programme, die ihn verwenden.</translation>
    </message>
    <message>
        <source>The device ran out of memory; {0}.</source>
        <translation>Der Speicher des Geräts reichte nicht; {0}.</translation>
    </message>
    <message>
        <source>The disk is full. Free some space or choose a folder on another disk, then go on; what was downloaded is kept.</source>
        <translation>Der Datenträger ist voll. Schaffen Sie Platz, oder wählen Sie einen Ordner auf einem anderen, und setzen Sie dann fort; was heruntergeladen wurde, bleibt.</translation>
    </message>
    <message>
        <source>The download of {0} was given up.</source>
        <translation>Das Herunterladen von {0} wurde aufgegeben.</translation>
    </message>
    <message>
        <source>The download of {0} was interrupted ({1}); start it again to resume it.</source>
        <translation>Das Herunterladen von {0} wurde unterbrochen ({1}); starten Sie es noch einmal, um es fortzusetzen.</translation>
    </message>
    <message>
        <source>The driver {0} of {1} is too old, so the engine works on the CPU; update it to 580 or newer and set the engine up again.</source>
        <translation>Der Treiber {0} von {1} ist zu alt, daher arbeitet die Engine auf der CPU; aktualisieren Sie ihn auf 580 oder neuer, und richten Sie die Engine neu ein.</translation>
    </message>
    <message>
        <source>The engine cannot start ({0}); install LayerSwarm again.</source>
        <translation>Die Engine kann nicht starten ({0}); installieren Sie LayerSwarm neu.</translation>
    </message>
    <message>
        <source>The engine does not work in this environment: {0}</source>
        <translation>Die Engine funktioniert in dieser Umgebung nicht: {0}</translation>
    </message>
    <message>
        <source>The engine has no part &apos;{0}&apos;; choose from {1}.</source>
        <translation>Die Engine hat keinen Teil „{0}“; wählen Sie aus {1}.</translation>
    </message>
    <message>
        <source>The engine in {0} is removed.</source>
        <translation>Die Engine in {0} ist entfernt.</translation>
    </message>
    <message>
        <source>The engine is not set up yet.</source>
        <translation>Die Engine ist noch nicht eingerichtet.</translation>
    </message>
    <message>
        <source>The engine is ready: torch {0}.</source>
        <translation>Die Engine ist bereit: torch {0}.</translation>
    </message>
    <message>
        <source>The engine must be updated: {0}.</source>
        <translation>Die Engine muss aktualisiert werden: {0}.</translation>
    </message>
    <message>
        <source>The engine needs about {0:.1f} GB, but {1} has {2:.1f} GB free; choose a folder on another disk.</source>
        <translation>Die Engine braucht etwa {0:.1f} GB, aber in {1} sind {2:.1f} GB frei; wählen Sie einen Ordner auf einem anderen Datenträger.</translation>
    </message>
    <message>
        <source>The engine received an unknown command: {0}.</source>
        <translation>Die Engine erhielt einen unbekannten Auftrag: {0}.</translation>
    </message>
    <message>
        <source>The engine runs in {0}: {1}.</source>
        <translation>Die Engine läuft in {0}: {1}.</translation>
    </message>
    <message>
        <source>The environment in {0} is gone.</source>
        <translation>Die Umgebung in {0} ist verschwunden.</translation>
    </message>
    <message>
        <source>The environment of {0} does not fit: {1}.</source>
        <translation>Die Umgebung von {0} passt nicht: {1}.</translation>
    </message>
    <message>
        <source>The export cannot be written to {0} ({1}); choose another folder, or change its permissions.</source>
        <translation>Der Export lässt sich nicht nach {0} schreiben ({1}); wählen Sie einen anderen Ordner, oder ändern Sie dessen Rechte.</translation>
    </message>
    <message>
        <source>The export did not pass its check &apos;{0}&apos;: {1}; not kept.</source>
        <translation>Der Export hat die Prüfung „{0}“ nicht bestanden: {1}; er wurde nicht behalten.</translation>
    </message>
    <message>
        <source>The export is compared with the model in 32 bits, which needs {0:.1f} GB of memory even with one layer at a time, but {1:.1f} GB may be used; {2}, or export safetensors alone.</source>
        <translation>Der Export wird mit dem Modell in 32 Bit verglichen; das braucht selbst Schicht für Schicht {0:.1f} GB Speicher, verwendbar sind {1:.1f} GB; {2}, oder exportieren Sie nur safetensors.</translation>
    </message>
    <message>
        <source>The export is made without a tokenizer that works.</source>
        <translation>Der Export entsteht ohne einen Tokenizer, der funktioniert.</translation>
    </message>
    <message>
        <source>The export needs {0:,.0f} MB but {1} has {2:,.0f} MB free; make room, or choose a folder on another disk.</source>
        <translation>Der Export braucht {0:,.0f} MB, aber {1} hat {2:,.0f} MB frei; schaffen Sie Platz, oder wählen Sie einen Ordner auf einem anderen Datenträger.</translation>
    </message>
    <message>
        <source>The export to {0} failed: {1}.</source>
        <translation>Der Export nach {0} ist fehlgeschlagen: {1}.</translation>
    </message>
    <message>
        <source>The fields of {0} do not fit together: {1}</source>
        <translation>Die Felder von {0} passen nicht zusammen: {1}</translation>
    </message>
    <message>
        <source>The files of this model do not name its {0} decoder layers by one prefix and their numbers, so it is not supported; choose another model.</source>
        <translation>Die Dateien dieses Modells benennen seine {0} Decoder-Schichten nicht mit einem gemeinsamen Anfang und ihrer Nummer; es wird darum nicht unterstützt. Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>The fitness is a task&apos;s accuracy, but no task is named; set search.task, such as &apos;hellaswag&apos;.</source>
        <translation>Die Fitness ist die Genauigkeit bei einer Aufgabe, aber keine ist genannt; setzen Sie search.task, etwa auf „hellaswag“.</translation>
    </message>
    <message>
        <source>The folder may not be written to; choose another one.</source>
        <translation>In den Ordner darf nicht geschrieben werden; wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The format &apos;{0}&apos; of {1} cannot be used: its writer {2} {3}; update or uninstall {1}.</source>
        <translation>Das Format „{0}“ von {1} ist nicht verwendbar: Sein Schreiber {2} {3}; aktualisieren oder deinstallieren Sie {1}.</translation>
    </message>
    <message>
        <source>The format &apos;{0}&apos; of {1} fails in {2}() ({3}); report it to the authors of that package, or choose another format.</source>
        <translation>Das Format „{0}“ von {1} scheitert in {2}() ({3}); melden Sie das den Autoren dieses Pakets, oder wählen Sie ein anderes Format.</translation>
    </message>
    <message>
        <source>The installation stopped: {0}</source>
        <translation>Die Installation brach ab: {0}</translation>
    </message>
    <message>
        <source>The layers to remove, {0}, name a layer twice; name each one once.</source>
        <translation>Die zu entfernenden Schichten {0} nennen eine Schicht zweimal; nennen Sie jede einmal.</translation>
    </message>
    <message>
        <source>The model &apos;{0}&apos; has changed since {1} began; start a new run for it.</source>
        <translation>Das Modell „{0}“ hat sich geändert, seit {1} begann; starten Sie dafür einen neuen Lauf.</translation>
    </message>
    <message>
        <source>The model computes nan or inf; its weights are damaged, or try device.dtype=float32.</source>
        <translation>Das Modell berechnet nan oder inf; seine Gewichte sind beschädigt, oder versuchen Sie device.dtype=float32.</translation>
    </message>
    <message>
        <source>The model does not fit into one GPU, nor into those of one machine of the cluster together, so each worker fetches its layers each time that they are applied.</source>
        <translation>Das Modell passt weder in eine GPU noch in die eines Rechners des Clusters zusammen; daher holt jeder Worker seine Schichten bei jeder Anwendung.</translation>
    </message>
    <message>
        <source>The model does not fit into one GPU, so each worker of the cluster fetches its layers each time that they are applied, which is faster here than keeping it in {0} GPUs of a machine.</source>
        <translation>Das Modell passt nicht in eine GPU; daher holt jeder Worker des Clusters seine Schichten bei jeder Anwendung, was hier schneller ist, als es in {0} GPUs eines Rechners zu halten.</translation>
    </message>
    <message>
        <source>The model does not fit into one GPU, so each worker of the cluster keeps it in {0} GPUs of its machine, which is faster here than fetching its layers each time that they are applied.</source>
        <translation>Das Modell passt nicht in eine GPU; daher hält jeder Worker des Clusters es in {0} GPUs seines Rechners, was hier schneller ist, als seine Schichten bei jeder Anwendung zu holen.</translation>
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
        <source>The model in 4 bits needs {0:,} bytes on {1}, and {2:,} may be used; {3}, or set device.four_bit=false, so that its layers are fetched one after the other.</source>
        <translation>Das Modell in 4 Bit braucht {0:,} Bytes auf {1}, verwendbar sind {2:,}; {3}, oder setzen Sie device.four_bit=false, damit seine Schichten eine nach der anderen geholt werden.</translation>
    </message>
    <message>
        <source>The model in {0} cannot be loaded: {1}</source>
        <translation>Das Modell in {0} lässt sich nicht laden: {1}</translation>
    </message>
    <message>
        <source>The model in {0} does not fit into the memory of {1}.</source>
        <translation>Das Modell in {0} passt nicht in den Speicher von {1}.</translation>
    </message>
    <message>
        <source>The model in {0} is an encoder-decoder ({1}), and LayerSwarm prunes decoder-only language models; give one of those.</source>
        <translation>Das Modell in {0} ist ein Encoder-Decoder ({1}), und LayerSwarm beschneidet reine Decoder-Modelle; wählen Sie ein solches.</translation>
    </message>
    <message>
        <source>The model in {0} is of type &apos;{1}&apos;, which no auto class of transformers loads as a language model; choose a model of another type.</source>
        <translation>Das Modell in {0} ist vom Typ „{1}“, den keine automatische Klasse von transformers als Sprachmodell lädt; wählen Sie ein Modell eines anderen Typs.</translation>
    </message>
    <message>
        <source>The model in {0} is of type {1!r}, which the installed transformers does not know; choose a model of another type, or update transformers.</source>
        <translation>Das Modell in {0} ist vom Typ {1!r}, den das installierte transformers nicht kennt; wählen Sie ein Modell eines anderen Typs, oder aktualisieren Sie transformers.</translation>
    </message>
    <message>
        <source>The model in {0} is {1} ({2}), not a language model that generates text; give one that does.</source>
        <translation>Das Modell in {0} ist {1} ({2}), kein Sprachmodell, das Text erzeugt; wählen Sie ein solches.</translation>
    </message>
    <message>
        <source>The model in {0} needs its own Python code, which LayerSwarm never runs; choose a model whose type (&apos;{1}&apos;) is part of transformers.</source>
        <translation>Das Modell in {0} braucht eigenen Python-Code, den LayerSwarm nie ausführt; wählen Sie ein Modell, dessen Typ („{1}“) zu transformers gehört.</translation>
    </message>
    <message>
        <source>The model is larger than the device&apos;s memory, so that each token would read it whole; its speed is not timed.</source>
        <translation>Das Modell ist größer als der Speicher des Geräts, sodass jedes Token es ganz lesen müsste; sein Tempo wird nicht gemessen.</translation>
    </message>
    <message>
        <source>The model needs {0:,} bytes on {1} even if its layers are fetched one by one, and {2:,} may be used; {3}.</source>
        <translation>Das Modell braucht {0:,} Bytes auf {1}, selbst wenn seine Schichten einzeln geholt werden; verwendbar sind {2:,}; {3}.</translation>
    </message>
    <message>
        <source>The model repeats itself, and {0} to compensate on; name a text file (--text).</source>
        <translation>Das Modell wiederholt sich, und für den Ausgleich gilt: {0}; nennen Sie eine Textdatei (--text).</translation>
    </message>
    <message>
        <source>The model {0} was not given as a GGUF file, so there is no file to remove blocks from; choose another format.</source>
        <translation>Das Modell {0} wurde nicht als GGUF-Datei gewählt; es gibt also keine Datei, aus der Blöcke entfernt werden könnten. Wählen Sie ein anderes Format.</translation>
    </message>
    <message>
        <source>The model&apos;s chat template cannot be used: {0}; conversations are taken as plain text.</source>
        <translation>Die Chat-Vorlage des Modells ist nicht verwendbar: {0}; Gespräche werden als einfacher Text gelesen.</translation>
    </message>
    <message>
        <source>The model&apos;s config has a per-layer list of {0} entries for {1} layers; download or copy the model again.</source>
        <translation>Die Konfiguration des Modells hat eine Liste je Schicht mit {0} Einträgen für {1} Schichten; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>The model&apos;s context is too short for a question and an answer, so its answers are not checked.</source>
        <translation>Der Kontext des Modells ist zu kurz für eine Frage und eine Antwort; seine Antworten werden nicht geprüft.</translation>
    </message>
    <message>
        <source>The model&apos;s files hold no weight of its own for {0}, so it cannot be changed in 4 bits; set recovery.four_bit=false and device.four_bit=false.</source>
        <translation>Die Dateien des Modells enthalten kein eigenes Gewicht für {0}; in 4 Bit lässt es sich darum nicht ändern. Setzen Sie recovery.four_bit=false und device.four_bit=false.</translation>
    </message>
    <message>
        <source>The model&apos;s layers are fetched one after the other, so that each token of its own text reads all of it</source>
        <translation>Die Schichten des Modells werden nacheinander geholt, sodass jedes Token seines eigenen Textes das ganze Modell liest</translation>
    </message>
    <message>
        <source>The model&apos;s weights need {0:.1f} GB on {1}, and {2:.1f} GB are free; close other programs, or set device.offload=auto, so that its layers are fetched one after the other.</source>
        <translation>Die Gewichte des Modells brauchen {0:.1f} GB auf {1}, frei sind {2:.1f} GB; schließen Sie andere Programme, oder setzen Sie device.offload=auto, damit seine Schichten eine nach der anderen geholt werden.</translation>
    </message>
    <message>
        <source>The name of a run has at most {0} characters and its note {1}; shorten them.</source>
        <translation>Der Name eines Laufs hat höchstens {0} Zeichen und seine Notiz {1}; kürzen Sie sie.</translation>
    </message>
    <message>
        <source>The notes of {0} cannot be written ({1}); check the folder.</source>
        <translation>Die Notizen von {0} lassen sich nicht schreiben ({1}); prüfen Sie den Ordner.</translation>
    </message>
    <message>
        <source>The package sources do not have what is needed: {0}</source>
        <translation>Die Paketquellen haben nicht, was gebraucht wird: {0}</translation>
    </message>
    <message>
        <source>The package {0} is damaged; go on to fetch it again, or replace its file in the folder of wheels.</source>
        <translation>Das Paket {0} ist beschädigt; setzen Sie fort, um es neu zu holen, oder ersetzen Sie seine Datei im Ordner mit Wheels.</translation>
    </message>
    <message>
        <source>The preset &apos;{0}&apos; cannot be deleted ({1}).</source>
        <translation>Die Vorgabe „{0}“ lässt sich nicht löschen ({1}).</translation>
    </message>
    <message>
        <source>The processes that train on the cluster were asked to stop; they do so after their present step.</source>
        <translation>Die Prozesse, die auf dem Cluster trainieren, wurden gebeten anzuhalten; sie tun es nach ihrem jetzigen Schritt.</translation>
    </message>
    <message>
        <source>The processes that train on the cluster were lost {0} times; look at the cluster (layerswarm cluster), and continue, or set recovery.processes to 1 to train on this machine.</source>
        <translation>Die Prozesse, die auf dem Cluster trainieren, gingen {0}-mal verloren; sehen Sie nach dem Cluster (layerswarm cluster) und setzen Sie fort, oder setzen Sie recovery.processes auf 1, um auf diesem Rechner zu trainieren.</translation>
    </message>
    <message>
        <source>The processes that train together ended with exit code {0}; their output is in {1}. Set recovery.processes to 1 to train in one.</source>
        <translation>Die gemeinsam trainierenden Prozesse endeten mit dem Code {0}; ihre Ausgabe steht in {1}. Setzen Sie recovery.processes auf 1, um in einem zu trainieren.</translation>
    </message>
    <message>
        <source>The project has not scored any set of {0} layers (known: {1}); run a search for it first, with budget.layers={0}.</source>
        <translation>Das Projekt hat noch keine Entfernungsmenge von {0} Schichten bewertet (bekannt: {1}); starten Sie zuerst eine Suche dafür, mit budget.layers={0}.</translation>
    </message>
    <message>
        <source>The prompt has {0} tokens, and {1} takes {2} with the answer; shorten it.</source>
        <translation>Die Eingabe hat {0} Token, und {1} nimmt mit der Antwort {2}; kürzen Sie sie.</translation>
    </message>
    <message>
        <source>The prompt is empty; write something for the models to go on from.</source>
        <translation>Die Eingabe ist leer; schreiben Sie etwas, das die Modelle fortsetzen.</translation>
    </message>
    <message>
        <source>The protected layers leave no {0} layers in a row; protect fewer, or choose another algorithm.</source>
        <translation>Die geschützten Schichten lassen keine {0} Schichten in Folge übrig; schützen Sie weniger, oder wählen Sie einen anderen Algorithmus.</translation>
    </message>
    <message>
        <source>The pruned model&apos;s KL is not a number before any training; set device.dtype to float32.</source>
        <translation>Die KL des beschnittenen Modells ist schon vor dem Training keine Zahl; setzen Sie device.dtype auf float32.</translation>
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
        <source>The search algorithm &apos;{0}&apos; is not installed; did you mean &apos;{1}&apos;? Otherwise install the package that provides it, or choose one of {2}.</source>
        <translation>Der Suchalgorithmus „{0}“ ist nicht installiert; meinten Sie „{1}“? Sonst installieren Sie das Paket, das ihn mitbringt, oder wählen Sie einen von {2}.</translation>
    </message>
    <message>
        <source>The search algorithm &apos;{0}&apos; is not installed; install the package that provides it, or choose one of {1}.</source>
        <translation>Der Suchalgorithmus „{0}“ ist nicht installiert; installieren Sie das Paket, das ihn mitbringt, oder wählen Sie einen von {1}.</translation>
    </message>
    <message>
        <source>The search algorithm &apos;{0}&apos; of {1} {2} ({3}); report it to the authors of that package, or choose another algorithm.</source>
        <translation>Der Suchalgorithmus „{0}“ von {1} {2} ({3}); melden Sie das den Autoren dieses Pakets, oder wählen Sie einen anderen Algorithmus.</translation>
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
        <source>The settings cannot be used ({0}); correct them.</source>
        <translation>Die Einstellungen sind nicht verwendbar ({0}); berichtigen Sie sie.</translation>
    </message>
    <message>
        <source>The setup was stopped. What was downloaded is kept, and the next setup goes on from there.</source>
        <translation>Die Einrichtung wurde angehalten. Was heruntergeladen wurde, bleibt, und die nächste Einrichtung setzt dort fort.</translation>
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
        <source>The speed of {0} model was measured again.</source>
        <translation>Das Tempo von {0} Modell wurde neu gemessen.</translation>
    </message>
    <message>
        <source>The speed of {0} models was measured again.</source>
        <translation>Das Tempo von {0} Modellen wurde neu gemessen.</translation>
    </message>
    <message>
        <source>The task &apos;{0}&apos; could not be run ({1}).</source>
        <translation>Die Aufgabe „{0}“ ließ sich nicht ausführen ({1}).</translation>
    </message>
    <message>
        <source>The task &apos;{0}&apos; does not fit its data ({1}); its data lack a split or a field that it uses, or the answer of the first question is none of the choices.</source>
        <translation>Die Aufgabe „{0}“ passt nicht zu ihren Daten ({1}); ihnen fehlt ein Teil oder ein Feld, das sie verwendet, oder die Antwort der ersten Frage steht nicht zur Auswahl.</translation>
    </message>
    <message>
        <source>The task &apos;{0}&apos; does not fit its data: {1}.</source>
        <translation>Die Aufgabe „{0}“ passt nicht zu ihren Daten: {1}.</translation>
    </message>
    <message>
        <source>The task &apos;{0}&apos; needs lm-eval, which is not installed; add it with &apos;layerswarm engine setup --with tasks&apos;, or with pip install &apos;layerswarm[tasks]&apos;, or leave tasks out.</source>
        <translation>Die Aufgabe „{0}“ braucht lm-eval, das nicht installiert ist; ergänzen Sie es mit „layerswarm engine setup --with tasks“ oder mit pip install &apos;layerswarm[tasks]&apos;, oder lassen Sie Aufgaben weg.</translation>
    </message>
    <message>
        <source>The task &apos;{0}&apos;, question {1}</source>
        <translation>Die Aufgabe „{0}“, Frage {1}</translation>
    </message>
    <message>
        <source>The tensor {0} is not of the number format and shape expected; report this.</source>
        <translation>Der Tensor {0} hat nicht das erwartete Zahlenformat und die erwartete Form; melden Sie das.</translation>
    </message>
    <message>
        <source>The tensor {0} is not stored as the weight that it is read as, so it cannot be changed in place; export the pruned model (export.variant=pruned), or choose gguf:q8_0.</source>
        <translation>Der Tensor {0} ist nicht als das Gewicht gespeichert, als das er gelesen wird, und lässt sich darum nicht an Ort und Stelle ändern; exportieren Sie das beschnittene Modell (export.variant=pruned), oder wählen Sie gguf:q8_0.</translation>
    </message>
    <message>
        <source>The tensors&apos; names in {0} {1} &apos;{2}&apos;, as {3}, and are not the model&apos;s own; {4}, or rename the tensors without &apos;{2}&apos;.</source>
        <translation>Die Namen der Tensoren in {0} {1} „{2}“, denn {3}, und sind nicht die des Modells; {4}, oder benennen Sie die Tensoren ohne „{2}“.</translation>
    </message>
    <message>
        <source>The text decoder of a multimodal model as a plain language model, without the towers around it.</source>
        <translation>Der Textdecoder eines multimodalen Modells als eigenes Sprachmodell, ohne die Teile um ihn herum.</translation>
    </message>
    <message>
        <source>The text {0} is empty (evaluation.texts); name another file.</source>
        <translation>Der Text {0} ist leer (evaluation.texts); nennen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>The text {1} has {0} token, too few for a measurement; name a longer one.</source>
        <translation>Der Text {1} hat {0} Token, zu wenig für eine Messung; nennen Sie einen längeren.</translation>
    </message>
    <message>
        <source>The text {1} has {0} tokens, too few for a measurement; name a longer one.</source>
        <translation>Der Text {1} hat {0} Token, zu wenig für eine Messung; nennen Sie einen längeren.</translation>
    </message>
    <message>
        <source>The token holds a character that is not Unicode; copy it again.</source>
        <translation>Das Token enthält ein Zeichen, das kein Unicode ist; kopieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The tokenizer in {0} cannot be loaded: {1}</source>
        <translation>Der Tokenizer in {0} lässt sich nicht laden: {1}</translation>
    </message>
    <message>
        <source>The tokenizer in {0} cannot be read: {1}</source>
        <translation>Der Tokenizer in {0} ist nicht lesbar: {1}</translation>
    </message>
    <message>
        <source>The tokenizer in {0} does not fit its model: the tokenizer has tokens up to {1}, but the model&apos;s embedding has {2} rows, for tokens up to {3}; use the tokenizer that the model was trained with, or resize the embedding.</source>
        <translation>Der Tokenizer in {0} passt nicht zu seinem Modell: Er hat Token bis {1}, aber die Einbettung des Modells hat {2} Zeilen, für Token bis {3}; verwenden Sie den Tokenizer, mit dem das Modell trainiert wurde, oder vergrößern Sie die Einbettung.</translation>
    </message>
    <message>
        <source>The training on the cluster begins again at its last checkpoint: {0}</source>
        <translation>Das Training auf dem Cluster beginnt wieder bei seinem letzten Zwischenstand: {0}</translation>
    </message>
    <message>
        <source>The upload to {0} was interrupted ({1}); push again to resume.</source>
        <translation>Das Hochladen nach {0} wurde unterbrochen ({1}); laden Sie noch einmal hoch, um es fortzusetzen.</translation>
    </message>
    <message>
        <source>The weight of &apos;{0}&apos; in a mix is {1}; give a number above 0, such as 2 or 0.5, or leave it out.</source>
        <translation>Das Gewicht von „{0}“ in einer Mischung ist {1}; geben Sie eine Zahl über 0 an, etwa 2 oder 0.5, oder lassen Sie es weg.</translation>
    </message>
    <message>
        <source>The weight {0} is stored as {1}, which cannot hold new values; export the pruned model (export.variant=pruned).</source>
        <translation>Das Gewicht {0} ist als {1} gespeichert, worin neue Werte keinen Platz haben; exportieren Sie das beschnittene Modell (export.variant=pruned).</translation>
    </message>
    <message>
        <source>The weights in {0} are quantised ({1}){2}; {3}</source>
        <translation>Die Gewichte in {0} sind quantisiert ({1}){2}; {3}</translation>
    </message>
    <message>
        <source>The weights in {0} do not fit its config.json ({1}); download it again.</source>
        <translation>Die Gewichte in {0} passen nicht zu ihrer config.json ({1}); laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>The weights in {0} do not fit its config.json: {1} has the shape {2} in the file, but {3} in the config; download or copy the model again.</source>
        <translation>Die Gewichte in {0} passen nicht zu ihrer config.json: {1} hat in der Datei die Form {2}, in der Konfiguration aber {3}; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>The weights in {0} hold an adapter that was not merged (&apos;{1}&apos;); save the model again after merge_and_unload().</source>
        <translation>Die Gewichte in {0} enthalten einen Adapter, der nicht eingerechnet wurde („{1}“); speichern Sie das Modell nach merge_and_unload() neu.</translation>
    </message>
    <message>
        <source>The weights in {0} hold {1} and {2}, which are the same weight of the model with different values; remove the wrong one.</source>
        <translation>Die Gewichte in {0} enthalten {1} und {2}, die dasselbe Gewicht des Modells mit verschiedenen Werten sind; entfernen Sie das falsche.</translation>
    </message>
    <message>
        <source>The weights in {0} lack {1}; download or copy the model again.</source>
        <translation>Den Gewichten in {0} fehlen {1}; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>The weights were quantised ({0}) and are dequantised to bfloat16.</source>
        <translation>Die Gewichte waren quantisiert ({0}) und sind auf bfloat16 dequantisiert.</translation>
    </message>
    <message>
        <source>The worker was asked for work before it had a model.</source>
        <translation>Der Worker sollte arbeiten, bevor er ein Modell hatte.</translation>
    </message>
    <message>
        <source>The working folder no longer exists; change to one that does.</source>
        <translation>Den Arbeitsordner gibt es nicht mehr; wechseln Sie in einen vorhandenen.</translation>
    </message>
    <message>
        <source>The {0} export did not pass its check &apos;{1}&apos;: {2}; not kept.</source>
        <translation>Der Export in {0} hat die Prüfung „{1}“ nicht bestanden: {2}; er wurde nicht behalten.</translation>
    </message>
    <message>
        <source>There are no wheels (*.whl) in {0}; name the folder that holds them.</source>
        <translation>In {0} sind keine Wheels (*.whl); nennen Sie den Ordner, in dem sie sind.</translation>
    </message>
    <message>
        <source>There is no LayerSwarm project at {0}; make one with &apos;layerswarm new&apos;.</source>
        <translation>In {0} ist kein Projekt von LayerSwarm; legen Sie eines mit „layerswarm new“ an.</translation>
    </message>
    <message>
        <source>There is no Python at {0}.</source>
        <translation>Unter {0} ist kein Python.</translation>
    </message>
    <message>
        <source>There is no Python at {0}; name an interpreter or the folder of an environment.</source>
        <translation>Unter {0} ist kein Python; nennen Sie einen Interpreter oder den Ordner einer Umgebung.</translation>
    </message>
    <message>
        <source>There is no build &apos;{0}&apos; for this computer; choose one of {1}.</source>
        <translation>Für diesen Computer gibt es keine Ausgabe „{0}“; wählen Sie eine von {1}.</translation>
    </message>
    <message>
        <source>There is no cluster at &apos;{0}&apos; ({1}); start one (ray start --head), or correct device.cluster.</source>
        <translation>Unter „{0}“ gibt es keinen Cluster ({1}); starten Sie einen (ray start --head), oder berichtigen Sie device.cluster.</translation>
    </message>
    <message>
        <source>There is no export format &apos;{0}&apos;; did you mean &apos;{1}&apos;?</source>
        <translation>Es gibt kein Exportformat „{0}“; meinten Sie „{1}“?</translation>
    </message>
    <message>
        <source>There is no export format &apos;{0}&apos;; install the package that provides it, or choose one of {1}.</source>
        <translation>Es gibt kein Exportformat „{0}“; installieren Sie das Paket, das es mitbringt, oder wählen Sie eines von {1}.</translation>
    </message>
    <message>
        <source>There is no file {0}/{1}.jsonl in {2} (evaluation.data_folder){3}; {4} can be read{5}.</source>
        <translation>In {2} gibt es keine Datei {0}/{1}.jsonl (evaluation.data_folder){3}; lesbar sind {4}{5}.</translation>
    </message>
    <message>
        <source>There is no folder {0} with lm-eval task files; check evaluation.task_folder.</source>
        <translation>Es gibt keinen Ordner {0} mit Aufgaben für lm-eval; prüfen Sie evaluation.task_folder.</translation>
    </message>
    <message>
        <source>There is no layer {0} to remove: the model&apos;s layers are 0 to {1}.</source>
        <translation>Schicht {0} lässt sich nicht entfernen: Die Schichten des Modells sind 0 bis {1}.</translation>
    </message>
    <message>
        <source>There is no model &apos;{0}&apos;: it is neither &apos;demo&apos;, nor a folder or GGUF file on this computer, nor a Hub id; check the path, or give a Hub id such as organisation/name.</source>
        <translation>Es gibt kein Modell „{0}“: Es ist weder „demo“ noch ein Ordner oder eine GGUF-Datei auf diesem Computer noch eine Hub-ID; prüfen Sie den Pfad, oder geben Sie eine Hub-ID wie organisation/name an.</translation>
    </message>
    <message>
        <source>There is no model {0} on the Hub, or it is private; check the name, or log in.</source>
        <translation>Auf dem Hub gibt es kein Modell {0}, oder es ist privat; prüfen Sie den Namen, oder melden Sie sich an.</translation>
    </message>
    <message>
        <source>There is no preset &apos;{0}&apos;; choose one of {1}.</source>
        <translation>Es gibt keine Vorgabe „{0}“; wählen Sie eine von {1}.</translation>
    </message>
    <message>
        <source>There is no setting &apos;{0}&apos;.{1}</source>
        <translation>Es gibt keine Einstellung „{0}“.{1}</translation>
    </message>
    <message>
        <source>There is no text file {0}{1}; check the path.</source>
        <translation>Es gibt keine Textdatei {0}{1}; prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>There is no text in {0}.</source>
        <translation>In {0} ist kein Text.</translation>
    </message>
    <message>
        <source>There is no text in {0}{1}.</source>
        <translation>In {0} ist kein Text{1}.</translation>
    </message>
    <message>
        <source>There is no text left in {0} for recovery, after the calibration and held-out windows; give more text, or another one for recovery.</source>
        <translation>In {0} ist nach den Fenstern der Kalibrierung und den zurückgehaltenen kein Text für die Wiederherstellung übrig; geben Sie mehr Text an, oder einen anderen für die Wiederherstellung.</translation>
    </message>
    <message>
        <source>There is no whole environment in {0}.</source>
        <translation>In {0} ist keine vollständige Umgebung.</translation>
    </message>
    <message>
        <source>There is too little text in {0} to compensate on: {1}; give a longer text, or leave out --text, so that the model writes its own.</source>
        <translation>In {0} ist zu wenig Text für den Ausgleich: {1}; geben Sie einen längeren Text an, oder lassen Sie --text weg, damit das Modell eigenen schreibt.</translation>
    </message>
    <message>
        <source>There is too little text in {0}: {1} of {2} {3} windows of {4} tokens; give more text, or set fewer or shorter windows.</source>
        <translation>In {0} ist zu wenig Text: {1} von {2} Fenstern ({3}) zu {4} Token; geben Sie mehr Text an, oder stellen Sie weniger oder kürzere Fenster ein.</translation>
    </message>
    <message>
        <source>This computer has no GPU that the engine can use; it works on the CPU.</source>
        <translation>Dieser Computer hat keine GPU, die die Engine nutzen kann; sie arbeitet auf der CPU.</translation>
    </message>
    <message>
        <source>This computer has no keyring to keep the token in.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund für das Token.</translation>
    </message>
    <message>
        <source>This model writes slowly: {0}, so {1:,} tokens may take {2}.</source>
        <translation>Dieses Modell schreibt langsam: {0}; {1:,} Token können also {2} dauern.</translation>
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
        <source>This version of transformers does not know the model type &apos;{0}&apos;; update transformers, or choose another model.</source>
        <translation>Diese Version von transformers kennt den Modelltyp „{0}“ nicht; aktualisieren Sie transformers, oder wählen Sie ein anderes Modell.</translation>
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
        <source>Too many levels of symbolic links</source>
        <translation>Zu viele Ebenen symbolischer Verknüpfungen</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>Zu viele offene Dateien</translation>
    </message>
    <message>
        <source>Too many open files in system</source>
        <translation>Zu viele offene Dateien im System</translation>
    </message>
    <message>
        <source>Tracing the model for {0}</source>
        <translation>Aufzeichnen des Modells für {0}</translation>
    </message>
    <message>
        <source>Train the pruned model to recover lost accuracy.</source>
        <translation>Das beschnittene Modell trainieren, um verlorene Genauigkeit wiederherzustellen.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Trainiert</translation>
    </message>
    <message>
        <source>Training does not fit into the memory of {0}: {1}; close other programs, {2}.</source>
        <translation>Das Training passt nicht in den Speicher von {0}: {1}; schließen Sie andere Programme, {2}.</translation>
    </message>
    <message>
        <source>Training does not fit into the memory of {0}{1}, so the compensated model is the result; run again to try the training again, with recovery.gradient_checkpointing for less memory, or start a run with recovery.method=local, recovery.four_bit or a smaller recovery.rank.</source>
        <translation>Das Training passt nicht in den Speicher von {0}{1}; darum ist das ausgeglichene Modell das Ergebnis. Starten Sie erneut, um das Training noch einmal zu versuchen, mit recovery.gradient_checkpointing für weniger Speicher, oder beginnen Sie einen Lauf mit recovery.method=local, recovery.four_bit oder kleinerem recovery.rank.</translation>
    </message>
    <message>
        <source>Training does not fit into the memory of {0}{1}, so the compensated model is the result; run again to try the training again, with recovery.optimiser=memory on a GPU, or start a run with a smaller recovery.layers_behind.</source>
        <translation>Das Training passt nicht in den Speicher von {0}{1}; darum ist das ausgeglichene Modell das Ergebnis. Starten Sie erneut, um das Training noch einmal zu versuchen, auf einer GPU mit recovery.optimiser=memory, oder beginnen Sie einen Lauf mit kleinerem recovery.layers_behind.</translation>
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
        <source>Trying the formats needs {0:,.0f} MB but {1} has {2:,.0f} MB free; make room, or name another cache folder: LAYERSWARM_CACHE=/path.</source>
        <translation>Der Versuch mit den Formaten braucht {0:,.0f} MB, aber {1} hat {2:,.0f} MB frei; schaffen Sie Platz, oder nennen Sie einen anderen Ordner für den Cache: LAYERSWARM_CACHE=/pfad.</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>Pakete werden ausgepackt</translation>
    </message>
    <message>
        <source>Uploading needs a Hub token with write access: create one in your Hub account, then run &apos;hf auth login&apos; or set HF_TOKEN.</source>
        <translation>Hochladen braucht ein Token des Hubs mit Schreibrecht: Legen Sie in Ihrem Konto eines an; führen Sie dann „hf auth login“ aus, oder setzen Sie HF_TOKEN.</translation>
    </message>
    <message>
        <source>Uploading {0:,.1f} MB to {1}</source>
        <translation>Lädt {0:,.1f} MB nach {1} hoch</translation>
    </message>
    <message>
        <source>Verifying the export needs {0:.1f} GB of memory even with one layer at a time, but {1:.1f} GB may be used; {2}, or export on a computer with more memory.</source>
        <translation>Die Prüfung des Exports braucht selbst Schicht für Schicht {0:.1f} GB Speicher, verwendbar sind {1:.1f} GB; {2}, oder exportieren Sie auf einem Computer mit mehr Speicher.</translation>
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
        <source>What LayerSwarm kept for you is removed; your projects, exports and models stay.</source>
        <translation>Was LayerSwarm für Sie aufbewahrt hat, ist entfernt; Ihre Projekte, Exporte und Modelle bleiben.</translation>
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
        <source>Where local distillation holds the float32 weights, gradients and moments of the layers that it trains: on the device, or in main memory, which saves a GPU most of the memory and takes longer.</source>
        <translation>Wo die lokale Destillation die float32-Gewichte, Gradienten und Momente der trainierten Schichten hält: auf dem Gerät oder im Hauptspeicher, was einer GPU den größten Teil des Speichers spart und länger dauert.</translation>
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
        <source>With {0}, which holds only a few layers for training, it fits.</source>
        <translation>Mit {0} passt es, weil dann nur wenige Schichten für das Training gehalten werden.</translation>
    </message>
    <message>
        <source>With {0}, which trains only the layers around each gap, it takes about {1}.</source>
        <translation>Mit {0} dauert es etwa {1}, weil dann nur die Schichten um jede Lücke trainiert werden.</translation>
    </message>
    <message>
        <source>Without {0} the model would have no attention layer left, and a &apos;{1}&apos; model cannot generate text without one; keep one of them.</source>
        <translation>Ohne {0} hätte das Modell keine Attention-Schicht mehr, und ein Modell vom Typ „{1}“ kann ohne eine solche keinen Text schreiben; behalten Sie eine davon.</translation>
    </message>
    <message>
        <source>Word perplexity, {0}</source>
        <translation>Perplexität je Wort, {0}</translation>
    </message>
    <message>
        <source>Writing and running the export needs {0:.1f} GB of memory, but {1:.1f} GB are free; close other programs, choose another format or fewer bits, or export safetensors alone.</source>
        <translation>Schreiben und Ausführen des Exports braucht {0:.1f} GB Speicher, frei sind {1:.1f} GB; schließen Sie andere Programme, wählen Sie ein anderes Format oder weniger Bit, oder exportieren Sie nur safetensors.</translation>
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
        <source>Your Hub account may not write to {0}{1}; name a repository of yours, or use a token that may write there.</source>
        <translation>Ihr Konto auf dem Hub darf nicht in {0} schreiben{1}; nennen Sie ein eigenes Repository, oder verwenden Sie ein Token, das dort schreiben darf.</translation>
    </message>
    <message>
        <source>Your own devices, each written name:GiB of memory:GB/s of memory bandwidth, such as My board:4:17. One of the same name replaces the built-in one.</source>
        <translation>Ihre eigenen Geräte, jeweils als Name:GiB Speicher:GB/s Speicherbandbreite, etwa Meine Platine:4:17. Eines gleichen Namens ersetzt das eingebaute.</translation>
    </message>
    <message>
        <source>a GGUF file that does not state its architecture (general.architecture); download it again</source>
        <translation>eine GGUF-Datei, die ihre Architektur nicht angibt (general.architecture); laden Sie sie neu herunter</translation>
    </message>
    <message>
        <source>a LoRA adapter, not a model; merge it into its base model{0} first (llama-export-lora -m BASE.gguf --lora {1} -o MERGED.gguf)</source>
        <translation>ein LoRA-Adapter, kein Modell; rechnen Sie ihn zuerst in sein Basismodell{0} ein (llama-export-lora -m BASE.gguf --lora {1} -o MERGED.gguf)</translation>
    </message>
    <message>
        <source>a class around the model leaves them</source>
        <translation>eine Klasse um das Modell hinterlässt sie</translation>
    </message>
    <message>
        <source>a cluster is reached over the network</source>
        <translation>ein Cluster wird über das Netz erreicht</translation>
    </message>
    <message>
        <source>a control vector, not a model; give the model that it steers</source>
        <translation>ein Steuervektor, kein Modell; wählen Sie das Modell, das er steuert</translation>
    </message>
    <message>
        <source>a device</source>
        <translation>ein Gerät</translation>
    </message>
    <message>
        <source>a diffusion language model, which writes all tokens at once; give one that writes token by token</source>
        <translation>ein Diffusions-Sprachmodell, das alle Token zugleich schreibt; wählen Sie eines, das Token für Token schreibt</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>eine Datei</translation>
    </message>
    <message>
        <source>a group of settings</source>
        <translation>eine Gruppe von Einstellungen</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a list that is not empty</source>
        <translation>eine Liste, die nicht leer ist</translation>
    </message>
    <message>
        <source>a list without names</source>
        <translation>eine Liste ohne Namen</translation>
    </message>
    <message>
        <source>a masked language model</source>
        <translation>ein maskiertes Sprachmodell</translation>
    </message>
    <message>
        <source>a million tokens of the dense model − a million of the smaller one</source>
        <translation>eine Million Token des dichten Modells − eine Million des kleineren</translation>
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
        <source>a model without a language head, as embedding models are</source>
        <translation>ein Modell ohne Sprachkopf, wie Embedding-Modelle es sind</translation>
    </message>
    <message>
        <source>a multiple-choice model</source>
        <translation>ein Multiple-Choice-Modell</translation>
    </message>
    <message>
        <source>a named pipe</source>
        <translation>eine benannte Pipe</translation>
    </message>
    <message>
        <source>a next-sentence classifier</source>
        <translation>ein Klassifikator für Folgesätze</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a number from 0 to {0}</source>
        <translation>eine Zahl von 0 bis {0}</translation>
    </message>
    <message>
        <source>a number or a truth value</source>
        <translation>eine Zahl oder ein Wahrheitswert</translation>
    </message>
    <message>
        <source>a question-answering model</source>
        <translation>ein Modell, das Antworten in Texten findet</translation>
    </message>
    <message>
        <source>a reward model</source>
        <translation>ein Belohnungsmodell</translation>
    </message>
    <message>
        <source>a sample text becomes other tokens than with the source&apos;s ({0!r})</source>
        <translation>ein Beispieltext wird zu anderen Token als mit dem der Quelle ({0!r})</translation>
    </message>
    <message>
        <source>a socket</source>
        <translation>ein Socket</translation>
    </message>
    <message>
        <source>a template uses &apos;{0}&apos;, but there is no such field</source>
        <translation>eine Vorlage verwendet „{0}“, aber ein solches Feld gibt es nicht</translation>
    </message>
    <message>
        <source>a template uses a name that is not defined ({0})</source>
        <translation>eine Vorlage verwendet einen Namen, der nicht festgelegt ist ({0})</translation>
    </message>
    <message>
        <source>a tensor of its config, {1}</source>
        <translation>einen Tensor ihrer Konfiguration, {1}</translation>
    </message>
    <message>
        <source>a text classifier</source>
        <translation>ein Textklassifikator</translation>
    </message>
    <message>
        <source>a text classifier or reward model</source>
        <translation>ein Textklassifikator oder Belohnungsmodell</translation>
    </message>
    <message>
        <source>a token classifier</source>
        <translation>ein Token-Klassifikator</translation>
    </message>
    <message>
        <source>a vocabulary without weights; give the file of the model itself</source>
        <translation>ein Vokabular ohne Gewichte; wählen Sie die Datei des Modells selbst</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
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
        <source>activation checkpointing leaves them</source>
        <translation>Activation Checkpointing hinterlässt sie</translation>
    </message>
    <message>
        <source>added tokens</source>
        <translation>zusätzliche Token</translation>
    </message>
    <message>
        <source>all settings are at their defaults</source>
        <translation>alle Einstellungen haben ihre Standardwerte</translation>
    </message>
    <message>
        <source>all {0} greedy tokens are the pruned model&apos;s own</source>
        <translation>alle {0} Greedy-Token sind die des beschnittenen Modells</translation>
    </message>
    <message>
        <source>allow your account to read and write there, or {0}</source>
        <translation>erlauben Sie Ihrem Konto, dort zu lesen und zu schreiben, oder {0}</translation>
    </message>
    <message>
        <source>an embedding model</source>
        <translation>ein Embedding-Modell</translation>
    </message>
    <message>
        <source>an encoder</source>
        <translation>ein Encoder</translation>
    </message>
    <message>
        <source>an encoder-decoder</source>
        <translation>ein Encoder-Decoder</translation>
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
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>an unknown distribution</source>
        <translation>ein unbekanntes Paket</translation>
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
        <source>as in the source: {0:,} tokens and {1}; {2} sample texts give the same ids</source>
        <translation>wie in der Quelle: {0:,} Token und {1}; {2} Beispieltexte ergeben dieselben Nummern</translation>
    </message>
    <message>
        <source>at least 2</source>
        <translation>mindestens 2</translation>
    </message>
    <message>
        <source>at least 4 different windows of {0} tokens are needed</source>
        <translation>nötig sind mindestens 4 verschiedene Fenster zu {0} Token</translation>
    </message>
    <message>
        <source>begin with</source>
        <translation>beginnen mit</translation>
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
        <source>blocks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <source>byte {0} (0x{1:02x})</source>
        <translation>Byte {0} (0x{1:02x})</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>calibration.window_length is {0}, but the model&apos;s context is {1} tokens; lower it.</source>
        <translation>calibration.window_length ist {0}, aber der Kontext des Modells umfasst {1} Token; senken Sie die Länge.</translation>
    </message>
    <message>
        <source>calls tools</source>
        <translation>ruft Werkzeuge auf</translation>
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
        <source>cannot begin</source>
        <translation>kann nicht beginnen</translation>
    </message>
    <message>
        <source>chat templates</source>
        <translation>Chat-Vorlagen</translation>
    </message>
    <message>
        <source>check the disk and its folders, then try again</source>
        <translation>prüfen Sie den Datenträger und seine Ordner, und versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>check this path, or {0}</source>
        <translation>prüfen Sie diesen Pfad, oder {0}</translation>
    </message>
    <message>
        <source>choose a folder on another disk</source>
        <translation>wählen Sie einen Ordner auf einem anderen Datenträger</translation>
    </message>
    <message>
        <source>choose another device (--device), or close other programs that use its memory</source>
        <translation>wählen Sie ein anderes Gerät (--device), oder schließen Sie andere Programme, die seinen Speicher verwenden</translation>
    </message>
    <message>
        <source>choose another device, fewer or shorter calibration windows, or a larger device.memory_megabytes</source>
        <translation>wählen Sie ein anderes Gerät, weniger oder kürzere Kalibrierungsfenster oder ein größeres device.memory_megabytes</translation>
    </message>
    <message>
        <source>choose another folder</source>
        <translation>wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>choose another task</source>
        <translation>wählen Sie eine andere Aufgabe</translation>
    </message>
    <message>
        <source>close other programs</source>
        <translation>schließen Sie andere Programme</translation>
    </message>
    <message>
        <source>close other programs that use its memory</source>
        <translation>schließen Sie andere Programme, die seinen Speicher verwenden</translation>
    </message>
    <message>
        <source>close other programs that use its memory, or leave out --compensate</source>
        <translation>schließen Sie andere Programme, die seinen Speicher verwenden, oder lassen Sie --compensate weg</translation>
    </message>
    <message>
        <source>close other programs, or raise your account&apos;s limit of open files, then try again</source>
        <translation>schließen Sie andere Programme, oder erhöhen Sie für Ihr Konto die Grenze offener Dateien; versuchen Sie es dann noch einmal</translation>
    </message>
    <message>
        <source>codes of {0} bits are packed across words</source>
        <translation>Codes von {0} Bit sind über Wortgrenzen gepackt</translation>
    </message>
    <message>
        <source>column {0}</source>
        <translation>Spalte {0}</translation>
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
        <source>contain</source>
        <translation>enthalten</translation>
    </message>
    <message>
        <source>copy that model to this computer and set &apos;base_model_name_or_path&apos; in {0} to its folder</source>
        <translation>kopieren Sie dieses Modell auf diesen Computer, und setzen Sie „base_model_name_or_path“ in {0} auf seinen Ordner</translation>
    </message>
    <message>
        <source>copy the model&apos;s folder here and give its path</source>
        <translation>kopieren Sie den Ordner des Modells hierher, und nennen Sie seinen Pfad</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>dates</source>
        <translation>Datumsangaben</translation>
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
        <source>device.cluster needs Ray, which is not installed; install it (pip install &apos;layerswarm[cluster]&apos;) or set device.cluster to nothing.</source>
        <translation>device.cluster braucht Ray, das nicht installiert ist; installieren Sie es (pip install &apos;layerswarm[cluster]&apos;), oder leeren Sie device.cluster.</translation>
    </message>
    <message>
        <source>device.cluster works with the devices cuda and cpu, not with {0}.</source>
        <translation>device.cluster arbeitet mit den Geräten cuda und cpu, nicht mit {0}.</translation>
    </message>
    <message>
        <source>device.offload is &apos;memory&apos;, but the layers that do not fit on {0} need {1:.1f} GB, and {2:.1f} GB of main memory are free; set it to &apos;auto&apos; or &apos;disk&apos;.</source>
        <translation>device.offload ist „memory“, aber die Schichten, die nicht auf {0} passen, brauchen {1:.1f} GB, und {2:.1f} GB Hauptspeicher sind frei; setzen Sie es auf „auto“ oder „disk“.</translation>
    </message>
    <message>
        <source>device.workers is {1}, but there are {0} devices of the kind {2}; set it to {0} or fewer.</source>
        <translation>device.workers ist {1}, aber es gibt {0} Geräte der Art {2}; setzen Sie es auf höchstens {0}.</translation>
    </message>
    <message>
        <source>device.workers is {1}, but there is {0} device of the kind {2}; set it to {0}.</source>
        <translation>device.workers ist {1}, aber es gibt {0} Gerät der Art {2}; setzen Sie es auf {0}.</translation>
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
        <source>does not state</source>
        <translation>gibt keinen Wert an für</translation>
    </message>
    <message>
        <source>does not state {0}</source>
        <translation>gibt {0} nicht an</translation>
    </message>
    <message>
        <source>each of its tokens attends to later ones</source>
        <translation>jedes seiner Token beachtet auch spätere</translation>
    </message>
    <message>
        <source>each token reads {0} in about {1}</source>
        <translation>jedes Token liest {0} in etwa {1}</translation>
    </message>
    <message>
        <source>edge.devices: &apos;{0}&apos; is not a device; write one as {1}.</source>
        <translation>edge.devices: „{0}“ ist kein Gerät; schreiben Sie eines als {1}.</translation>
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
        <source>evaluation.decode_tokens is {0}, but the model takes {1} tokens including the prompt; lower it.</source>
        <translation>evaluation.decode_tokens ist {0}, aber das Modell nimmt mit der Eingabe {1} Token; senken Sie die Zahl.</translation>
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
        <source>export.variant is &apos;{0}&apos;, but there will be no such model while {1}.enabled is false; change one of them.</source>
        <translation>export.variant ist „{0}“, aber solange {1}.enabled false ist, entsteht kein solches Modell; ändern Sie eines von beiden.</translation>
    </message>
    <message>
        <source>exported to {0}</source>
        <translation>exportiert nach {0}</translation>
    </message>
    <message>
        <source>exported to {0}.</source>
        <translation>exportiert nach {0}.</translation>
    </message>
    <message>
        <source>fails in ask()</source>
        <translation>scheitert in ask()</translation>
    </message>
    <message>
        <source>fails in tell()</source>
        <translation>scheitert in tell()</translation>
    </message>
    <message>
        <source>fails with {0}: {1}</source>
        <translation>scheitert mit {0}: {1}</translation>
    </message>
    <message>
        <source>fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>fitted after the gaps</source>
        <translation>nach den Lücken angepasst</translation>
    </message>
    <message>
        <source>free some space on the disk of the output and of the cache ({0})</source>
        <translation>schaffen Sie Platz auf dem Datenträger der Ausgabe und des Caches ({0})</translation>
    </message>
    <message>
        <source>free some space there, or {0}</source>
        <translation>schaffen Sie dort Platz, oder {0}</translation>
    </message>
    <message>
        <source>generating with the KV cache failed: {0}</source>
        <translation>das Schreiben mit KV-Cache schlug fehl: {0}</translation>
    </message>
    <message>
        <source>get the whole file again</source>
        <translation>holen Sie die ganze Datei noch einmal</translation>
    </message>
    <message>
        <source>give the folder of a model that is</source>
        <translation>wählen Sie den Ordner eines Modells, das hier ist</translation>
    </message>
    <message>
        <source>give the model&apos;s unquantised folder instead, such as {0}.</source>
        <translation>wählen Sie stattdessen den nicht quantisierten Ordner des Modells, etwa {0}.</translation>
    </message>
    <message>
        <source>give the model&apos;s unquantised folder instead.</source>
        <translation>wählen Sie stattdessen den nicht quantisierten Ordner des Modells.</translation>
    </message>
    <message>
        <source>give this name to the column with the text</source>
        <translation>geben Sie der Spalte mit dem Text diesen Namen</translation>
    </message>
    <message>
        <source>hardware price / (years × hours a year × busy share) + kilowatts × price of a kilowatt hour</source>
        <translation>Preis des Rechners / (Jahre × Stunden im Jahr × Auslastung) + Kilowatt × Preis der Kilowattstunde</translation>
    </message>
    <message>
        <source>has another size for</source>
        <translation>hat eine andere Größe für</translation>
    </message>
    <message>
        <source>has changed since you allowed it</source>
        <translation>sich geändert hat, seit Sie ihn erlaubt haben</translation>
    </message>
    <message>
        <source>has no method &apos;{0}&apos;</source>
        <translation>hat keine Methode „{0}“</translation>
    </message>
    <message>
        <source>held-out</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>held-out KL (lower is better)</source>
        <translation>KL (niedriger ist besser)</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>enthält</translation>
    </message>
    <message>
        <source>holds a number of thousands of digits; correct it, or download or copy it again.</source>
        <translation>enthält eine Zahl mit Tausenden von Stellen; berichtigen Sie sie, oder laden oder kopieren Sie die Datei neu.</translation>
    </message>
    <message>
        <source>holds a number of too many digits</source>
        <translation>enthält eine Zahl mit zu vielen Ziffern</translation>
    </message>
    <message>
        <source>holds weights that its architecture does not have</source>
        <translation>enthält Gewichte, die seine Architektur nicht hat</translation>
    </message>
    <message>
        <source>hours of all stages × price of an hour</source>
        <translation>Stunden aller Stufen × Preis einer Stunde</translation>
    </message>
    <message>
        <source>in 16 bits, since 32 do not fit into memory</source>
        <translation>in 16 Bit, da 32 nicht in den Speicher passen</translation>
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
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is nested too deeply to be read</source>
        <translation>ist zu tief geschachtelt, um gelesen zu werden</translation>
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
        <source>it also has &apos;{0}&apos;</source>
        <translation>sie hat auch „{0}“</translation>
    </message>
    <message>
        <source>it claims to be GGUF of version {0}</source>
        <translation>sie gibt sich als GGUF der Version {0} aus</translation>
    </message>
    <message>
        <source>it consists of its text decoder only; choose safetensors</source>
        <translation>es besteht nur aus seinem Textdecoder; wählen Sie safetensors</translation>
    </message>
    <message>
        <source>it does not pass the check &apos;{0}&apos;: {1}</source>
        <translation>er besteht die Prüfung „{0}“ nicht: {1}</translation>
    </message>
    <message>
        <source>it does not understand the run, so it has another version of LayerSwarm.</source>
        <translation>er versteht den Lauf nicht, hat also eine andere Version von LayerSwarm.</translation>
    </message>
    <message>
        <source>it does not write a question and then its answer</source>
        <translation>sie schreibt keine Frage und danach deren Antwort</translation>
    </message>
    <message>
        <source>it ended with {0}</source>
        <translation>es endete mit {0}</translation>
    </message>
    <message>
        <source>it ends in the middle of line {0}</source>
        <translation>sie endet mitten in Zeile {0}</translation>
    </message>
    <message>
        <source>it ends the process</source>
        <translation>sie beendet den Prozess</translation>
    </message>
    <message>
        <source>it ends the process that renders it</source>
        <translation>sie beendet den Prozess, der sie ausführt</translation>
    </message>
    <message>
        <source>it fails ({0})</source>
        <translation>sie scheitert ({0})</translation>
    </message>
    <message>
        <source>it has none</source>
        <translation>es gibt keine</translation>
    </message>
    <message>
        <source>it has one large embedding for each layer</source>
        <translation>es hat eine große Einbettung für jede Schicht</translation>
    </message>
    <message>
        <source>it has one large embedding for each layer, not supported yet</source>
        <translation>es hat eine große Einbettung für jede Schicht, was noch nicht unterstützt wird</translation>
    </message>
    <message>
        <source>it has two {0} named {1}</source>
        <translation>sie hat zwei {0} namens {1}</translation>
    </message>
    <message>
        <source>it has {0} scales for {1} rows or columns</source>
        <translation>er hat {0} Skalen für {1} Zeilen oder Spalten</translation>
    </message>
    <message>
        <source>it has {0}; install the same versions there.</source>
        <translation>er hat {0}; installieren Sie dort dieselben Versionen.</translation>
    </message>
    <message>
        <source>it holds {0:,}</source>
        <translation>sie enthält {0:,}</translation>
    </message>
    <message>
        <source>it is an encoder-decoder model; only decoder-only models are supported</source>
        <translation>es ist ein Encoder-Decoder-Modell; unterstützt werden nur reine Decoder</translation>
    </message>
    <message>
        <source>it is not a folder</source>
        <translation>das ist kein Ordner</translation>
    </message>
    <message>
        <source>it is the device that the run itself uses.</source>
        <translation>es ist das Gerät, das der Lauf selbst benutzt.</translation>
    </message>
    <message>
        <source>it lacks &apos;{0}&apos; of the same kind</source>
        <translation>ihr fehlt „{0}“ derselben Art</translation>
    </message>
    <message>
        <source>it needs at least {0:.1f} GB, and {1:.1f} GB are free</source>
        <translation>nötig sind mindestens {0:.1f} GB, frei sind {1:.1f} GB</translation>
    </message>
    <message>
        <source>it needs more than {0:.0f} GB of memory</source>
        <translation>sie braucht mehr als {0:.0f} GB Speicher</translation>
    </message>
    <message>
        <source>it takes more than {0:.0f} s</source>
        <translation>sie braucht länger als {0:.0f} s</translation>
    </message>
    <message>
        <source>it was ended by the system (signal {0}), most likely out of memory</source>
        <translation>das System hat es beendet (Signal {0}), vermutlich aus Mangel an Speicher</translation>
    </message>
    <message>
        <source>it was written anew</source>
        <translation>sie wurde neu geschrieben</translation>
    </message>
    <message>
        <source>iterations</source>
        <translation>Iterationen</translation>
    </message>
    <message>
        <source>its answer cannot be read, so it has another version of LayerSwarm.</source>
        <translation>seine Antwort lässt sich nicht lesen, er hat also eine andere Version von LayerSwarm.</translation>
    </message>
    <message>
        <source>its answer is {0}, which is none of its {1} choices, so it would count as wrong whatever the model answers; correct it, or use a split that has answers</source>
        <translation>ihre Antwort ist {0} und damit keine der {1} zur Auswahl; sie zählte als falsch, was das Modell auch antwortet. Berichtigen Sie sie, oder verwenden Sie einen Teil mit Antworten</translation>
    </message>
    <message>
        <source>its choices must be a list of texts, and they are {0}</source>
        <translation>ihre Auswahl muss eine Liste von Texten sein, ist aber {0}</translation>
    </message>
    <message>
        <source>its device has too little memory for the calibration windows.</source>
        <translation>sein Gerät hat zu wenig Speicher für die Kalibrierungsfenster.</translation>
    </message>
    <message>
        <source>its device has too little memory for the model.</source>
        <translation>sein Gerät hat zu wenig Speicher für das Modell.</translation>
    </message>
    <message>
        <source>its embedding has {0:,} rows</source>
        <translation>ihre Einbettung hat {0:,} Zeilen</translation>
    </message>
    <message>
        <source>its embedding is {0:,} wide</source>
        <translation>ihre Einbettung ist {0:,} breit</translation>
    </message>
    <message>
        <source>its field {0} is a list of the unknown or nested type {1}</source>
        <translation>ihr Feld {0} ist eine Liste der unbekannten oder geschachtelten Art {1}</translation>
    </message>
    <message>
        <source>its field {0} is of the unknown type {1}</source>
        <translation>ihr Feld {0} ist von der unbekannten Art {1}</translation>
    </message>
    <message>
        <source>its files would lack {0}</source>
        <translation>seinen Dateien würde {0} fehlen</translation>
    </message>
    <message>
        <source>its header claims lists of {0:,} entries</source>
        <translation>ihr Kopf nennt Listen von {0:,} Einträgen</translation>
    </message>
    <message>
        <source>its header claims {0:,} bytes</source>
        <translation>ihr Kopf nennt {0:,} Bytes</translation>
    </message>
    <message>
        <source>its header claims {0:,} {1}</source>
        <translation>ihr Kopf nennt {0:,} {1}</translation>
    </message>
    <message>
        <source>its last layers use keys and values of earlier ones</source>
        <translation>seine letzten Schichten verwenden Schlüssel und Werte früherer</translation>
    </message>
    <message>
        <source>its layers are fetched one after the other, so that each new token would read the whole model; speed is not timed and no text is generated. The Export page estimates its speed on other devices.</source>
        <translation>seine Schichten werden nacheinander geholt, sodass jedes neue Token das ganze Modell läse; das Tempo wird nicht gemessen und kein Text erzeugt. Die Export-Seite schätzt sein Tempo auf anderen Geräten.</translation>
    </message>
    <message>
        <source>its layers compute with their own number, so removing one changes all that follow</source>
        <translation>seine Schichten rechnen mit ihrer eigenen Nummer, sodass eine entfernte alle folgenden ändert</translation>
    </message>
    <message>
        <source>its layers share weights or keys with each other, which is not supported yet</source>
        <translation>seine Schichten teilen Gewichte oder Schlüssel miteinander, was noch nicht unterstützt wird</translation>
    </message>
    <message>
        <source>its matrices are stored transposed</source>
        <translation>seine Matrizen sind transponiert gespeichert</translation>
    </message>
    <message>
        <source>its node has no room for it any more.</source>
        <translation>sein Knoten hat keinen Platz mehr für ihn.</translation>
    </message>
    <message>
        <source>its node is gone.</source>
        <translation>sein Knoten ist verschwunden.</translation>
    </message>
    <message>
        <source>its number format</source>
        <translation>seinem Zahlenformat</translation>
    </message>
    <message>
        <source>its process ended with exit code {0} ({1}).</source>
        <translation>sein Prozess endete mit dem Exit-Code {0} ({1}).</translation>
    </message>
    <message>
        <source>its process ended with exit code {0}.</source>
        <translation>sein Prozess endete mit dem Exit-Code {0}.</translation>
    </message>
    <message>
        <source>its process is gone ({0}).</source>
        <translation>sein Prozess ist verschwunden ({0}).</translation>
    </message>
    <message>
        <source>its process was ended because the node ran out of memory.</source>
        <translation>sein Prozess wurde beendet, weil dem Knoten der Speicher ausging.</translation>
    </message>
    <message>
        <source>its process was ended from outside, most likely because memory ran out.</source>
        <translation>sein Prozess wurde von außen beendet, höchstwahrscheinlich weil der Speicher ausging.</translation>
    </message>
    <message>
        <source>its processes ended without a word.</source>
        <translation>seine Prozesse endeten ohne ein Wort.</translation>
    </message>
    <message>
        <source>its scales have the shape {0}</source>
        <translation>seine Skalen haben die Form {0}</translation>
    </message>
    <message>
        <source>its size does not match its shape</source>
        <translation>seine Größe passt nicht zu seiner Form</translation>
    </message>
    <message>
        <source>its tensor {0} has the shape {1} in {2}</source>
        <translation>ihr Tensor {0} hat die Form {1} in {2}</translation>
    </message>
    <message>
        <source>its tensor {0} has {1:,} dimensions</source>
        <translation>ihr Tensor {0} hat {1:,} Dimensionen</translation>
    </message>
    <message>
        <source>its text decoder is not a complete {0} ({1})</source>
        <translation>sein Textdecoder ist kein vollständiges {0} ({1})</translation>
    </message>
    <message>
        <source>its weights are aligned to {0} bytes</source>
        <translation>ihre Gewichte sind auf {0} Bytes ausgerichtet</translation>
    </message>
    <message>
        <source>its zero points have the shape {0}</source>
        <translation>seine Nullpunkte haben die Form {0}</translation>
    </message>
    <message>
        <source>its {0} data end early</source>
        <translation>ihre {0}-Daten enden vorzeitig</translation>
    </message>
    <message>
        <source>join each list into one text</source>
        <translation>fügen Sie jede Liste zu einem Text zusammen</translation>
    </message>
    <message>
        <source>lacks</source>
        <translation>enthält nicht</translation>
    </message>
    <message>
        <source>lacks weights that its architecture requires</source>
        <translation>enthält nicht alle Gewichte, die seine Architektur verlangt</translation>
    </message>
    <message>
        <source>largest difference to the model in memory {0:.2g} (allowed {1:.2g})</source>
        <translation>größter Unterschied zum Modell im Speicher {0:.2g} (erlaubt {1:.2g})</translation>
    </message>
    <message>
        <source>layer by layer in 16 bits, since the whole model does not fit into memory</source>
        <translation>Schicht für Schicht in 16 Bit, da das ganze Modell nicht in den Speicher passt</translation>
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
        <source>layer {1}</source>
        <translation>Schicht {1}</translation>
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
        <source>line {0}, column {1}</source>
        <translation>Zeile {0}, Spalte {1}</translation>
    </message>
    <message>
        <source>lists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>llama.cpp distinguishes its variants by their number of layers, and {0} layers mean another variant than {1}</source>
        <translation>llama.cpp unterscheidet seine Varianten nach der Anzahl der Schichten, und {0} Schichten bedeuten eine andere Variante als {1}</translation>
    </message>
    <message>
        <source>llama.cpp does not know models of type &apos;{0}&apos;; choose onnx or openvino.</source>
        <translation>llama.cpp kennt keine Modelle vom Typ „{0}“; wählen Sie onnx oder openvino.</translation>
    </message>
    <message>
        <source>llama.cpp does not know this kind of model; choose onnx or openvino</source>
        <translation>llama.cpp kennt diese Art von Modell nicht; wählen Sie onnx oder openvino</translation>
    </message>
    <message>
        <source>llama.cpp has no place for some of this model&apos;s weights, such as those of layers that are built another way than the rest; choose onnx or openvino</source>
        <translation>llama.cpp hat für manche Gewichte dieses Modells keinen Platz, etwa für die von Schichten, die anders als die übrigen gebaut sind; wählen Sie onnx oder openvino</translation>
    </message>
    <message>
        <source>llama.cpp rescales its hidden state by the layer&apos;s number</source>
        <translation>llama.cpp skaliert seinen Zustand nach der Nummer der Schicht</translation>
    </message>
    <message>
        <source>llama.cpp scales its layers by their number, and the file does not state how</source>
        <translation>llama.cpp skaliert seine Schichten nach ihrer Nummer, und die Datei gibt nicht an, wie</translation>
    </message>
    <message>
        <source>llama.cpp scales the attention of a Gemma model by its head&apos;s width ({0}) once layers are gone, and this one needs {1}; choose onnx or openvino.</source>
        <translation>llama.cpp skaliert die Attention eines Gemma-Modells ohne Schichten nach der Breite seines Kopfes ({0}), und dieses braucht {1}; wählen Sie onnx oder openvino.</translation>
    </message>
    <message>
        <source>llama.cpp treats every {0}th layer as another kind, so only whole groups of {0} consecutive layers can be removed</source>
        <translation>für llama.cpp ist jede {0}. Schicht eine andere Art; nur ganze Gruppen von {0} Schichten in Folge lassen sich entfernen</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s converter does not know this model&apos;s tokenizer; use the tokenizer of the model that it was made from, or choose onnx or openvino</source>
        <translation>der Konverter von llama.cpp kennt den Tokenizer dieses Modells nicht; verwenden Sie den Tokenizer des Modells, aus dem es gemacht wurde, oder wählen Sie onnx oder openvino</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s converter is not on this computer</source>
        <translation>der Konverter von llama.cpp ist nicht auf diesem Computer</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s converter reads the tokenizer of this kind of model from a file tokenizer.model (SentencePiece), which is not in the model&apos;s folder; copy it there from the original model, or choose onnx or openvino</source>
        <translation>der Konverter von llama.cpp liest den Tokenizer dieser Art von Modell aus einer Datei tokenizer.model (SentencePiece), die im Ordner des Modells fehlt; kopieren Sie sie aus dem ursprünglichen Modell dorthin, oder wählen Sie onnx oder openvino</translation>
    </message>
    <message>
        <source>lm-eval has no task &apos;{0}&apos;, and patterns are not expanded; name each task in full.</source>
        <translation>lm-eval hat keine Aufgabe „{0}“, und Muster werden nicht aufgelöst; nennen Sie jede Aufgabe ganz.</translation>
    </message>
    <message>
        <source>lm-eval has no task &apos;{0}&apos;{1}</source>
        <translation>lm-eval hat keine Aufgabe „{0}“{1}</translation>
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
        <source>loaded and run in {0}; {1:g} tokens a second on this computer</source>
        <translation>geladen und ausgeführt in {0}; {1:g} Token je Sekunde auf diesem Computer</translation>
    </message>
    <message>
        <source>loaded as {0}</source>
        <translation>geladen als {0}</translation>
    </message>
    <message>
        <source>loads the model</source>
        <translation>lädt das Modell</translation>
    </message>
    <message>
        <source>longest texts</source>
        <translation>längste Texte</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
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
        <source>million tokens until then / million tokens in a month × days of a month</source>
        <translation>Millionen Token bis dahin / Millionen Token im Monat × Tage eines Monats</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>name a llama.cpp checkout (export.llama_cpp=FOLDER)</source>
        <translation>nennen Sie eine Kopie von llama.cpp (export.llama_cpp=ORDNER)</translation>
    </message>
    <message>
        <source>name another cache folder: LAYERSWARM_CACHE=/path</source>
        <translation>nennen Sie einen anderen Ordner für den Cache: LAYERSWARM_CACHE=/pfad</translation>
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
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none that can be the fitness</source>
        <translation>keine, die die Fitness sein kann</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>nothing could be compensated ({0})</source>
        <translation>nichts ließ sich ausgleichen ({0})</translation>
    </message>
    <message>
        <source>nothing is uploaded</source>
        <translation>nichts wird hochgeladen</translation>
    </message>
    <message>
        <source>number {0} of &apos;{1}&apos;</source>
        <translation>Nummer {0} von „{1}“</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>of type {0}</source>
        <translation>vom Typ {0}</translation>
    </message>
    <message>
        <source>offline: {0}; {1}, or leave offline mode (LAYERSWARM_OFFLINE, --offline, View &gt; Work offline).</source>
        <translation>offline: {0}; {1}, oder verlassen Sie den Offline-Betrieb (LAYERSWARM_OFFLINE, --offline, Ansicht &gt; Offline arbeiten).</translation>
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
        <source>one of its processes does not answer any more ({0}).</source>
        <translation>einer seiner Prozesse antwortet nicht mehr ({0}).</translation>
    </message>
    <message>
        <source>one of the labels {0}</source>
        <translation>eine der Bezeichnungen {0}</translation>
    </message>
    <message>
        <source>only {0:.0%} of its layers&apos; weights are in plain linear modules, and the others, such as joined experts, stay in full precision</source>
        <translation>nur {0:.0%} der Gewichte seiner Schichten sind in einfachen linearen Modulen, und die übrigen, etwa verbundene Experten, bleiben in voller Genauigkeit</translation>
    </message>
    <message>
        <source>or set a smaller recovery.layers_behind</source>
        <translation>oder setzen Sie recovery.layers_behind niedriger</translation>
    </message>
    <message>
        <source>over its {0} most likely tokens and the rest</source>
        <translation>über seine {0} wahrscheinlichsten Token und den Rest</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>perplexity {0:.2f} on {1}</source>
        <translation>Perplexität {0:.2f} auf {1}</translation>
    </message>
    <message>
        <source>piece {0} of {1}</source>
        <translation>Teil {0} von {1}</translation>
    </message>
    <message>
        <source>pip exited with {0}</source>
        <translation>pip endete mit {0}</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>Stellen</translation>
    </message>
    <message>
        <source>price of an hour × 1&#x202f;000&#x202f;000 / (tokens/s × 3&#x202f;600)</source>
        <translation>Preis einer Stunde × 1&#x202f;000&#x202f;000 / (Token/s × 3&#x202f;600)</translation>
    </message>
    <message>
        <source>price of this run / saved by a million tokens</source>
        <translation>Preis dieses Laufs / gespart je Million Token</translation>
    </message>
    <message>
        <source>process {0}: {1}</source>
        <translation>Prozess {0}: {1}</translation>
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
        <source>push the folder later</source>
        <translation>laden Sie den Ordner später hoch</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>reasons step by step</source>
        <translation>denkt Schritt für Schritt nach</translation>
    </message>
    <message>
        <source>recovered</source>
        <translation>wiederhergestellt</translation>
    </message>
    <message>
        <source>recovery changes the weights, so that they are no longer those in the GGUF file that the model came from; export another one (export.variant=compensated or pruned), or choose gguf:q8_0</source>
        <translation>die Wiederherstellung ändert die Gewichte; sie sind nicht mehr die der GGUF-Datei, aus der das Modell kam. Exportieren Sie ein anderes (export.variant=compensated oder pruned), oder wählen Sie gguf:q8_0</translation>
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
        <source>recovery.method=local trains the model&apos;s own weights, which device.four_bit=true rounds; set device.four_bit=false, so that layers that do not fit are fetched one after the other, or use recovery.method=lora.</source>
        <translation>recovery.method=local trainiert die eigenen Gewichte des Modells, die device.four_bit=true rundet; setzen Sie device.four_bit=false, damit Schichten, die nicht passen, eine nach der anderen geholt werden, oder verwenden Sie recovery.method=lora.</translation>
    </message>
    <message>
        <source>recovery.processes is {1}, but the cluster at &apos;{2}&apos; has {0} device of the kind {3} that can train; set it to {0} or fewer, or to 1 to train on this machine.</source>
        <translation>recovery.processes ist {1}, aber der Cluster unter „{2}“ hat {0} Gerät der Art {3}, das trainieren kann; setzen Sie es auf höchstens {0}, oder auf 1, um auf diesem Rechner zu trainieren.</translation>
    </message>
    <message>
        <source>recovery.processes is {1}, but the cluster at &apos;{2}&apos; has {0} devices of the kind {3} that can train; set it to {0} or fewer, or to 1 to train on this machine.</source>
        <translation>recovery.processes ist {1}, aber der Cluster unter „{2}“ hat {0} Geräte der Art {3}, die trainieren können; setzen Sie es auf höchstens {0}, oder auf 1, um auf diesem Rechner zu trainieren.</translation>
    </message>
    <message>
        <source>recovery.processes is {1}, but there are {0} devices of the kind {2}; set it to {0} or fewer.</source>
        <translation>recovery.processes ist {1}, aber es gibt {0} Geräte der Art {2}; setzen Sie es auf höchstens {0}.</translation>
    </message>
    <message>
        <source>recovery.processes is {1}, but there is {0} device of the kind {2}; set it to {0} or fewer.</source>
        <translation>recovery.processes ist {1}, aber es gibt {0} Gerät der Art {2}; setzen Sie es auf höchstens {0}.</translation>
    </message>
    <message>
        <source>recovery.target is &apos;{0}&apos;, but the decoder layers of {1} hold no linear module of that kind; choose another target.</source>
        <translation>recovery.target ist „{0}“, aber die Decoder-Schichten von {1} enthalten kein lineares Modul dieser Art; wählen Sie ein anderes Ziel.</translation>
    </message>
    <message>
        <source>remove that line, or get the whole file again</source>
        <translation>entfernen Sie diese Zeile, oder holen Sie die ganze Datei noch einmal</translation>
    </message>
    <message>
        <source>rename the one with the text to &apos;text&apos;</source>
        <translation>nennen Sie die Spalte mit dem Text „text“</translation>
    </message>
    <message>
        <source>restore it from a copy, or begin a new run (--new-run)</source>
        <translation>stellen Sie sie aus einer Kopie wieder her, oder beginnen Sie einen neuen Lauf (--new-run)</translation>
    </message>
    <message>
        <source>restore it from a copy, or open it in the window to mend it</source>
        <translation>stellen Sie sie aus einer Kopie wieder her, oder öffnen Sie sie im Fenster, um sie zu reparieren</translation>
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
        <source>save the model again after merge_and_unload()</source>
        <translation>speichern Sie das Modell nach merge_and_unload() neu</translation>
    </message>
    <message>
        <source>save the model again from the original module (the wrapper&apos;s &apos;{0}&apos;)</source>
        <translation>speichern Sie das Modell aus dem ursprünglichen Modul neu („{0}“ der Hülle)</translation>
    </message>
    <message>
        <source>save the model&apos;s full state dict again</source>
        <translation>speichern Sie das vollständige state dict des Modells neu</translation>
    </message>
    <message>
        <source>search.least_layers is {0}, but the budget removes at most {1} layers; lower it, or raise the budget.</source>
        <translation>search.least_layers ist {0}, aber das Budget entfernt höchstens {1} Schichten; senken Sie den Wert, oder erhöhen Sie das Budget.</translation>
    </message>
    <message>
        <source>set a larger device.memory_megabytes</source>
        <translation>stellen Sie ein größeres device.memory_megabytes ein</translation>
    </message>
    <message>
        <source>set a smaller compensation.windows or compensation.widest, or choose another device</source>
        <translation>senken Sie compensation.windows oder compensation.widest, oder wählen Sie ein anderes Gerät</translation>
    </message>
    <message>
        <source>set a smaller recovery.rank, use recovery.gradient_checkpointing, or recovery.method=local</source>
        <translation>setzen Sie recovery.rank niedriger, oder verwenden Sie recovery.gradient_checkpointing oder recovery.method=local</translation>
    </message>
    <message>
        <source>set device.cluster to nothing</source>
        <translation>leeren Sie device.cluster</translation>
    </message>
    <message>
        <source>set recovery.optimiser=memory, or a smaller recovery.layers_behind</source>
        <translation>setzen Sie recovery.optimiser=memory oder ein kleineres recovery.layers_behind</translation>
    </message>
    <message>
        <source>set {0}, with which it fits, or {1}</source>
        <translation>setzen Sie {0}, womit es passt, oder {1}</translation>
    </message>
    <message>
        <source>sets</source>
        <translation>Mengen</translation>
    </message>
    <message>
        <source>sides of padding</source>
        <translation>Seiten des Auffüllens</translation>
    </message>
    <message>
        <source>sizes of the vocabulary</source>
        <translation>Größen des Vokabulars</translation>
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
        <source>special tokens</source>
        <translation>Sondertoken</translation>
    </message>
    <message>
        <source>speed not measured</source>
        <translation>Tempo nicht gemessen</translation>
    </message>
    <message>
        <source>states {0} for</source>
        <translation>gibt {0} an für</translation>
    </message>
    <message>
        <source>states {0} for {1}</source>
        <translation>gibt {0} für {1} an</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>text of a certain form</source>
        <translation>Text einer bestimmten Form</translation>
    </message>
    <message>
        <source>the Hub is not asked</source>
        <translation>der Hub wird nicht gefragt</translation>
    </message>
    <message>
        <source>the answer in {0}</source>
        <translation>die Antwort in {0}</translation>
    </message>
    <message>
        <source>the data of the task &apos;{0}&apos; are not on this computer</source>
        <translation>die Daten der Aufgabe „{0}“ sind nicht auf diesem Computer</translation>
    </message>
    <message>
        <source>the data set &apos;{0}&apos; is not fetched</source>
        <translation>der Datensatz „{0}“ wird nicht geholt</translation>
    </message>
    <message>
        <source>the demo model is not on this computer</source>
        <translation>das Demomodell ist nicht auf diesem Computer</translation>
    </message>
    <message>
        <source>the dense model does not fit, the smaller one does in {0} bit</source>
        <translation>das dichte Modell passt nicht, das kleinere in {0} Bit</translation>
    </message>
    <message>
        <source>the disk or its connection fails: check both, or {0}</source>
        <translation>der Datenträger oder seine Verbindung fällt aus: Prüfen Sie beide, oder {0}</translation>
    </message>
    <message>
        <source>the encoder of a T5 model, which has no decoder layers to remove; give a language model</source>
        <translation>der Encoder eines T5-Modells, der keine Decoder-Schichten zum Entfernen hat; wählen Sie ein Sprachmodell</translation>
    </message>
    <message>
        <source>the factors in {0}</source>
        <translation>die Faktoren in {0}</translation>
    </message>
    <message>
        <source>the file lacks {0}</source>
        <translation>der Datei fehlt {0}</translation>
    </message>
    <message>
        <source>the file system there (FAT32 holds files of less than 4 GB), or a limit of your account, allows no file that large; {0}</source>
        <translation>das Dateisystem dort (FAT32 nimmt Dateien unter 4 GB) oder eine Grenze Ihres Kontos erlaubt keine so große Datei; {0}</translation>
    </message>
    <message>
        <source>the ids of the special tokens in {0} differ from the source&apos;s</source>
        <translation>die Nummern der Sondertoken in {0} weichen von denen der Quelle ab</translation>
    </message>
    <message>
        <source>the image or audio part of a multimodal model (mmproj), which has no decoder layers; give the file of its language model</source>
        <translation>der Bild- oder Tonteil eines multimodalen Modells (mmproj), der keine Decoder-Schichten hat; wählen Sie die Datei seines Sprachmodells</translation>
    </message>
    <message>
        <source>the layers {1}</source>
        <translation>die Schichten {1}</translation>
    </message>
    <message>
        <source>the model cannot be kept there ({0}).</source>
        <translation>das Modell lässt sich dort nicht ablegen ({0}).</translation>
    </message>
    <message>
        <source>the model computes nan or inf on the validation windows</source>
        <translation>das Modell berechnet auf den Validierungsfenstern nan oder inf</translation>
    </message>
    <message>
        <source>the model in {0} is another one than the run&apos;s (its digest is {1} instead of {2}).</source>
        <translation>das Modell in {0} ist ein anderes als das des Laufs (seine Prüfsumme ist {1} statt {2}).</translation>
    </message>
    <message>
        <source>the model&apos;s own text</source>
        <translation>dem eigenen Text des Modells</translation>
    </message>
    <message>
        <source>the most likely token is the same at {0:.0%} of the positions</source>
        <translation>das wahrscheinlichste Token ist an {0:.0%} der Stellen dasselbe</translation>
    </message>
    <message>
        <source>the questions of {0} are others there than those of the run.</source>
        <translation>die Fragen von {0} sind dort andere als die des Laufs.</translation>
    </message>
    <message>
        <source>the scale of &apos;{0}&apos; is missing</source>
        <translation>die Skala von „{0}“ fehlt</translation>
    </message>
    <message>
        <source>the settings of its latest run were taken</source>
        <translation>die Einstellungen ihres letzten Laufs wurden übernommen</translation>
    </message>
    <message>
        <source>the source has none</source>
        <translation>die Quelle hat keinen</translation>
    </message>
    <message>
        <source>the source&apos;s can be loaded, the export&apos;s cannot ({0})</source>
        <translation>der der Quelle lässt sich laden, der des Exports nicht ({0})</translation>
    </message>
    <message>
        <source>the source&apos;s cannot be loaded here; its files are copied byte for byte</source>
        <translation>der der Quelle lässt sich hier nicht laden; seine Dateien sind Byte für Byte kopiert</translation>
    </message>
    <message>
        <source>the table of contents at the end of the parquet file is missing</source>
        <translation>das Inhaltsverzeichnis am Ende der Parquet-Datei fehlt</translation>
    </message>
    <message>
        <source>the tokenizer is in the file</source>
        <translation>der Tokenizer ist in der Datei</translation>
    </message>
    <message>
        <source>the tokens of a sample text become another text than with the source&apos;s ({0!r})</source>
        <translation>die Token eines Beispieltextes werden zu einem anderen Text als mit dem der Quelle ({0!r})</translation>
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
        <source>the {0} differ from the source&apos;s</source>
        <translation>die {0} weichen von denen der Quelle ab</translation>
    </message>
    <message>
        <source>there is no field &apos;{0}&apos;{1}; its fields are: {2}</source>
        <translation>es gibt kein Feld „{0}“{1}; die Felder sind: {2}</translation>
    </message>
    <message>
        <source>they were rotated, and the model turns its activations to match while it runs (transform_config)</source>
        <translation>sie wurden gedreht, und das Modell dreht im Betrieb seine Aktivierungen passend dazu (transform_config)</translation>
    </message>
    <message>
        <source>this model</source>
        <translation>dieses Modell</translation>
    </message>
    <message>
        <source>tokenizer and chat template are in the file</source>
        <translation>Tokenizer und Chat-Vorlage sind in der Datei</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>torch&apos;s own index may be blocked here: the build &apos;cuda&apos;, {1}, comes from the package index and works on the CPU too, and {0} names another index.</source>
        <translation>Der eigene Index von torch ist hier vielleicht gesperrt: Die Ausgabe „cuda“, {1}, kommt aus dem Paketindex und arbeitet auch auf der CPU, und {0} nennt einen anderen Index.</translation>
    </message>
    <message>
        <source>torch.compile leaves them</source>
        <translation>torch.compile hinterlässt sie</translation>
    </message>
    <message>
        <source>training did not fit into memory</source>
        <translation>das Training passte nicht in den Speicher</translation>
    </message>
    <message>
        <source>transformers has no class that loads a &apos;{0}&apos; text decoder on its own; export the whole model as safetensors</source>
        <translation>transformers hat keine Klasse, die einen Textdecoder vom Typ „{0}“ allein lädt; exportieren Sie das ganze Modell als safetensors</translation>
    </message>
    <message>
        <source>transformers has no language model of type &apos;{0}&apos;; choose a model of another type.</source>
        <translation>transformers hat kein Sprachmodell vom Typ „{0}“; wählen Sie ein Modell eines anderen Typs.</translation>
    </message>
    <message>
        <source>transformers knows nothing of the name {0}</source>
        <translation>transformers kennt den Namen {0} nicht</translation>
    </message>
    <message>
        <source>tried on {0} of the model&apos;s {1} layers: {2}; choose another format</source>
        <translation>versucht mit {0} von {1} Schichten des Modells: {2}; wählen Sie ein anderes Format</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>wahr oder falsch</translation>
    </message>
    <message>
        <source>true or false, yes or no, 1 or 0</source>
        <translation>wahr oder falsch, ja oder nein, 1 oder 0</translation>
    </message>
    <message>
        <source>truth values</source>
        <translation>Wahrheitswerte</translation>
    </message>
    <message>
        <source>use a local file or the model&apos;s own text</source>
        <translation>verwenden Sie eine lokale Datei oder den eigenen Text des Modells</translation>
    </message>
    <message>
        <source>use a model that is on this computer</source>
        <translation>verwenden Sie ein Modell, das auf diesem Computer ist</translation>
    </message>
    <message>
        <source>uv cannot be started ({0}); install LayerSwarm again.</source>
        <translation>uv kann nicht gestartet werden ({0}); installieren Sie LayerSwarm neu.</translation>
    </message>
    <message>
        <source>uv, which sets the engine up, is missing; install LayerSwarm again, or run: pip install uv</source>
        <translation>uv, das die Engine einrichtet, fehlt; installieren Sie LayerSwarm neu, oder rufen Sie auf: pip install uv</translation>
    </message>
    <message>
        <source>values of another kind</source>
        <translation>Werte anderer Art</translation>
    </message>
    <message>
        <source>what &apos;{0}&apos; does to its weight is not known</source>
        <translation>was „{0}“ mit seinem Gewicht macht, ist nicht bekannt</translation>
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
        <source>write them as text when you make the file</source>
        <translation>schreiben Sie sie als Text, wenn Sie die Datei erzeugen</translation>
    </message>
    <message>
        <source>written anew: {0}</source>
        <translation>neu geschrieben: {0}</translation>
    </message>
    <message>
        <source>years</source>
        <translation>Jahre</translation>
    </message>
    <message>
        <source>you have not allowed to run code</source>
        <translation>dessen Code Sie nicht zu laufen erlaubt haben</translation>
    </message>
    <message>
        <source>{0:,} bytes where {1:,} were predicted</source>
        <translation>{0:,} Byte, wo {1:,} vorhergesagt waren</translation>
    </message>
    <message>
        <source>{0:,} bytes, as predicted</source>
        <translation>{0:,} Byte, wie vorhergesagt</translation>
    </message>
    <message>
        <source>{0:,} of {1:,} requests of the task {2} are longer than the model&apos;s context of {3:,} tokens, so the first examples before their questions are cut off; set fewer examples (evaluation.fewshot).</source>
        <translation>{0:,} von {1:,} Anfragen der Aufgabe {2} sind länger als der Kontext des Modells von {3:,} Token; die ersten Beispiele vor ihren Fragen werden darum abgeschnitten. Stellen Sie weniger Beispiele ein (evaluation.fewshot).</translation>
    </message>
    <message>
        <source>{0:,} where {1:,} were predicted</source>
        <translation>{0:,}, vorhergesagt waren {1:,}</translation>
    </message>
    <message>
        <source>{0:,}, as predicted</source>
        <translation>{0:,}, wie vorhergesagt</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}) tokens/s</source>
        <translation>{0} ({1} bis {2}) Token/s</translation>
    </message>
    <message>
        <source>{0} Running the project again folds the layers again.</source>
        <translation>{0} Ein neuer Start des Projekts gleicht die Schichten noch einmal aus.</translation>
    </message>
    <message>
        <source>{0} above {1:,}</source>
        <translation>{0} über {1:,}</translation>
    </message>
    <message>
        <source>{0} and at most {1:,}</source>
        <translation>{0} und höchstens {1:,}</translation>
    </message>
    <message>
        <source>{0} and below {1:,}</source>
        <translation>{0} und unter {1:,}</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} und {1}</translation>
    </message>
    <message>
        <source>{0} arrived damaged and was deleted; start the download again.</source>
        <translation>{0} kam beschädigt an und wurde gelöscht; starten Sie das Herunterladen noch einmal.</translation>
    </message>
    <message>
        <source>{0} as {1}</source>
        <translation>{0} als {1}</translation>
    </message>
    <message>
        <source>{0} at a time</source>
        <translation>{0} zugleich</translation>
    </message>
    <message>
        <source>{0} belongs to another program; delete it there.</source>
        <translation>{0} gehört zu einem anderen Programm; löschen Sie es dort.</translation>
    </message>
    <message>
        <source>{0} budgets exported to {1}.</source>
        <translation>{0} Budgets nach {1} exportiert.</translation>
    </message>
    <message>
        <source>{0} cannot be decompressed: its {1} data are damaged; download the file again.</source>
        <translation>{0} lässt sich nicht entpacken: Die {1}-Daten sind beschädigt; laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} cannot be deleted ({1}); is it in use?</source>
        <translation>{0} lässt sich nicht löschen ({1}); wird es gerade verwendet?</translation>
    </message>
    <message>
        <source>{0} cannot be exported as its text part alone: {1}</source>
        <translation>{0} lässt sich nicht als Textteil allein exportieren: {1}</translation>
    </message>
    <message>
        <source>{0} cannot be held in 4 bits: {1}; set {2}=false.</source>
        <translation>{0} lässt sich nicht in 4 Bit halten: {1}; setzen Sie {2}=false.</translation>
    </message>
    <message>
        <source>{0} cannot be pruned: its {1} decoder layers are not one plain list of modules.</source>
        <translation>{0} kann nicht beschnitten werden: Seine {1} Decoder-Schichten sind keine einfache Liste von Modulen.</translation>
    </message>
    <message>
        <source>{0} cannot be reached. Check the connection, then go on; what was downloaded is kept.</source>
        <translation>{0} ist nicht erreichbar. Prüfen Sie die Verbindung, und setzen Sie dann fort; was heruntergeladen wurde, bleibt.</translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}).</source>
        <translation>{0} kann nicht gelesen werden ({1}).</translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}); choose another file.</source>
        <translation>{0} ist nicht lesbar ({1}); wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>{0} cannot be read as Parquet ({1}).</source>
        <translation>{0} ist nicht als Parquet lesbar ({1}).</translation>
    </message>
    <message>
        <source>{0} cannot be read as UTF-8 text.</source>
        <translation>{0} ist nicht als UTF-8-Text lesbar.</translation>
    </message>
    <message>
        <source>{0} cannot be read as UTF-8 text: it looks like UTF-16 without its byte order mark; save it as UTF-8.</source>
        <translation>{0} ist nicht als UTF-8-Text lesbar: Es sieht aus wie UTF-16 ohne Bytereihenfolge-Marke; speichern Sie es als UTF-8.</translation>
    </message>
    <message>
        <source>{0} cannot be read as UTF-8 text{1}: it ends in the middle of the character that begins at byte {2}; it is cut short, or saved in another encoding.</source>
        <translation>{0} ist nicht als UTF-8-Text lesbar{1}: Die Datei endet mitten in dem Zeichen, das bei Byte {2} beginnt; sie ist abgeschnitten oder in einer anderen Kodierung gespeichert.</translation>
    </message>
    <message>
        <source>{0} cannot be read as UTF-8 text{1}: {2} does not belong to such a text; save the file as UTF-8 (it may be in Windows-1252 or another encoding now).</source>
        <translation>{0} ist nicht als UTF-8-Text lesbar{1}: {2} gehört nicht zu einem solchen Text; speichern Sie die Datei als UTF-8 (jetzt ist sie vielleicht in Windows-1252 oder einer anderen Kodierung).</translation>
    </message>
    <message>
        <source>{0} cannot be read as a GGUF file ({1}); download it again.</source>
        <translation>{0} ist nicht als GGUF-Datei lesbar ({1}); laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>{0} cannot be read as a model: {1}</source>
        <translation>{0} ist nicht als Modell lesbar: {1}</translation>
    </message>
    <message>
        <source>{0} cannot be read as a safetensors file; download or copy the model again.</source>
        <translation>{0} lässt sich nicht als safetensors-Datei lesen; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} cannot be read: it is not UTF-8 text.</source>
        <translation>{0} ist nicht lesbar: Es ist kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}; check the file, and whether your account may read it.</source>
        <translation>{0} ist nicht lesbar: {1}; prüfen Sie die Datei und ob Ihr Konto sie lesen darf.</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}; check the file.</source>
        <translation>{0} ist nicht lesbar: {1}; prüfen Sie die Datei.</translation>
    </message>
    <message>
        <source>{0} cannot be run layer by layer ({1}), so it is not supported; choose another model.</source>
        <translation>{0} lässt sich nicht Schicht für Schicht rechnen ({1}) und wird darum nicht unterstützt; wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>{0} cannot be used. {1}{2}</source>
        <translation>{0} ist nicht verwendbar. {1}{2}</translation>
    </message>
    <message>
        <source>{0} cannot be used; {1}. {2}</source>
        <translation>{0} ist nicht verwendbar; {1}. {2}</translation>
    </message>
    <message>
        <source>{0} cannot be written ({1}); choose another folder.</source>
        <translation>{0} ist nicht beschreibbar ({1}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{0} cannot be written ({1}); choose another place.</source>
        <translation>{0} ist nicht beschreibbar ({1}); wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>{0} cannot be written ({1}); copy it to another place.</source>
        <translation>{0} ist nicht beschreibbar ({1}); kopieren Sie es an einen anderen Ort.</translation>
    </message>
    <message>
        <source>{0} cannot be written in &apos;{1}&apos;; choose one of {2}.</source>
        <translation>{0} lässt sich nicht in „{1}“ schreiben; wählen Sie eines von {2}.</translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}</source>
        <translation>{0} lässt sich nicht schreiben: {1}</translation>
    </message>
    <message>
        <source>{0} cannot be {1}: it takes {2}.</source>
        <translation>{0} kann nicht {1} sein, sondern nur {2}.</translation>
    </message>
    <message>
        <source>{0} cannot generate with a KV cache in this version of transformers ({1}), so no export of it could be verified; it is not supported.</source>
        <translation>{0} kann in dieser Version von transformers nicht mit KV-Cache schreiben ({1}); kein Export davon ließe sich prüfen, darum wird es nicht unterstützt.</translation>
    </message>
    <message>
        <source>{0} cannot read text alone ({1}), so its text decoder cannot be searched.</source>
        <translation>{0} kann nicht nur Text lesen ({1}); sein Textdecoder lässt sich darum nicht durchsuchen.</translation>
    </message>
    <message>
        <source>{0} cannot read text alone ({1}); nothing was written.</source>
        <translation>{0} kann nicht nur Text lesen ({1}); es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>{0} changed weights have no place in the model&apos;s files, such as {1}; export the pruned model (export.variant=pruned).</source>
        <translation>{0} geänderte Gewichte haben keinen Platz in den Dateien des Modells, etwa {1}; exportieren Sie das beschnittene Modell (export.variant=pruned).</translation>
    </message>
    <message>
        <source>{0} chat template</source>
        <translation>{0} Chat-Vorlage</translation>
    </message>
    <message>
        <source>{0} chat templates</source>
        <translation>{0} Chat-Vorlagen</translation>
    </message>
    <message>
        <source>{0} could not be copied to {1} ({2}).</source>
        <translation>{0} ließ sich nicht nach {1} kopieren ({2}).</translation>
    </message>
    <message>
        <source>{0} d {1:02d} h</source>
        <translation>{0} d {1:02d} h</translation>
    </message>
    <message>
        <source>{0} device.</source>
        <translation>{0} Gerät.</translation>
    </message>
    <message>
        <source>{0} devices.</source>
        <translation>{0} Geräte.</translation>
    </message>
    <message>
        <source>{0} differs from its new values</source>
        <translation>{0} weicht von seinen neuen Werten ab</translation>
    </message>
    <message>
        <source>{0} differs from the embedding, although config.json ties the two; both count, and exports state tie_word_embeddings=false.</source>
        <translation>{0} weicht von der Einbettung ab, obwohl config.json die beiden bindet; beide zählen, und Exporte geben tie_word_embeddings=false an.</translation>
    </message>
    <message>
        <source>{0} differs from the one in the source</source>
        <translation>{0} weicht von dem in der Quelle ab</translation>
    </message>
    <message>
        <source>{0} differs from the source&apos;s, or is missing</source>
        <translation>{0} weicht von dem der Quelle ab oder fehlt</translation>
    </message>
    <message>
        <source>{0} does not belong to {1}: they are parts of different models; download all parts from one place again.</source>
        <translation>{0} gehört nicht zu {1}: Es sind Teile verschiedener Modelle; laden Sie alle Teile von einem Ort neu herunter.</translation>
    </message>
    <message>
        <source>{0} does not fit into memory; choose a smaller model.</source>
        <translation>{0} passt nicht in den Speicher; wählen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>{0} does not hold one decoder of {1} blocks; it cannot be pruned.</source>
        <translation>{0} enthält nicht einen Decoder aus {1} Blöcken; die Datei kann nicht beschnitten werden.</translation>
    </message>
    <message>
        <source>{0} does not state its architecture (general.architecture); download it again.</source>
        <translation>{0} gibt seine Architektur nicht an (general.architecture); laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} does not take part in the training: {1}</source>
        <translation>{0} nimmt am Training nicht teil: {1}</translation>
    </message>
    <message>
        <source>{0} ends within the quotes that are opened in line {1}; close them, or download the file again if it is truncated.</source>
        <translation>{0} endet innerhalb der Anführungszeichen, die in Zeile {1} beginnen; schließen Sie sie, oder laden Sie die Datei neu herunter, falls sie abgeschnitten ist.</translation>
    </message>
    <message>
        <source>{0} exists already; choose another name for the export.</source>
        <translation>{0} existiert schon; wählen Sie einen anderen Namen für den Export.</translation>
    </message>
    <message>
        <source>{0} failed: {1}.</source>
        <translation>{0} ist fehlgeschlagen: {1}.</translation>
    </message>
    <message>
        <source>{0} fails ({1})</source>
        <translation>{0} scheitert ({1})</translation>
    </message>
    <message>
        <source>{0} fails with {1}: {2}</source>
        <translation>{0} scheitert mit {1}: {2}</translation>
    </message>
    <message>
        <source>{0} files</source>
        <translation>{0} Dateien</translation>
    </message>
    <message>
        <source>{0} files failed, the first: {1}</source>
        <translation>{0} Dateien scheiterten, die erste: {1}</translation>
    </message>
    <message>
        <source>{0} fits</source>
        <translation>{0} passt</translation>
    </message>
    <message>
        <source>{0} from {1:,}</source>
        <translation>{0} ab {1:,}</translation>
    </message>
    <message>
        <source>{0} from {1:,} to {2:,}</source>
        <translation>{0} von {1:,} bis {2:,}</translation>
    </message>
    <message>
        <source>{0} generates otherwise with its KV cache than without, before any layer is removed, so no export of it could be verified; it is not supported.</source>
        <translation>{0} schreibt mit KV-Cache anders als ohne, schon bevor eine Schicht entfernt ist; kein Export davon ließe sich prüfen, darum wird es nicht unterstützt.</translation>
    </message>
    <message>
        <source>{0} gives the model {1} decoder layers; it needs at least one, so download or copy the model again.</source>
        <translation>{0} gibt dem Modell {1} Decoder-Schichten; es braucht mindestens eine. Laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} greedy tokens with the KV cache differ from those without it</source>
        <translation>{0} Greedy-Token mit KV-Cache weichen von denen ohne ab</translation>
    </message>
    <message>
        <source>{0} greedy tokens with the KV cache equal those without it</source>
        <translation>{0} Greedy-Token mit KV-Cache gleichen denen ohne</translation>
    </message>
    <message>
        <source>{0} h {1:02d} min</source>
        <translation>{0} h {1:02d} min</translation>
    </message>
    <message>
        <source>{0} has GGUF files and no {1}; download one, such as {2}, and give that file.</source>
        <translation>{0} hat GGUF-Dateien und keine {1}; laden Sie eine herunter, etwa {2}, und wählen Sie diese Datei.</translation>
    </message>
    <message>
        <source>{0} has a config.json but no weights ({1}); download or copy the model again.</source>
        <translation>{0} hat eine config.json, aber keine Gewichte ({1}); laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} has a tokenizer of the kind {1}, which transformers does not read from GGUF; give the Hugging Face folder of the model.</source>
        <translation>{0} hat einen Tokenizer der Art {1}, die transformers nicht aus GGUF liest; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} has a tokenizer that this kind of model does not have in transformers; give the Hugging Face folder of the model.</source>
        <translation>{0} hat einen Tokenizer, den diese Art von Modell in transformers nicht hat; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} has heads whose keys and values differ in width; give the Hugging Face folder of the model.</source>
        <translation>{0} hat Köpfe, deren Schlüssel und Werte verschieden breit sind; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} has neither scores nor merges for its tokens; download or convert it again.</source>
        <translation>{0} hat für seine Token weder Bewertungen noch Verschmelzungen; laden Sie die Datei neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>{0} has neither {1} nor {2}, by which transformers finds weights, only others such as {3}; choose a repository that has one of the two.</source>
        <translation>{0} hat weder {1} noch {2}, an denen transformers Gewichte findet, nur andere wie {3}; wählen Sie ein Repository, das eines davon hat.</translation>
    </message>
    <message>
        <source>{0} has no bfloat16, and in float16 this model computes wrong numbers from layer {1} on, so it is run in float32, which takes twice the memory (device.dtype).</source>
        <translation>{0} hat kein bfloat16, und in float16 rechnet dieses Modell ab Schicht {1} falsch; darum rechnet es in float32, das doppelt so viel Speicher braucht (device.dtype).</translation>
    </message>
    <message>
        <source>{0} has no column that is known to hold text (its columns: {1}); {2}.</source>
        <translation>{0} hat keine Spalte, von der bekannt ist, dass sie Text enthält (die Spalten: {1}); {2}.</translation>
    </message>
    <message>
        <source>{0} has no column that is known to hold text ({1}); {2}.</source>
        <translation>{0} hat keine Spalte, von der bekannt ist, dass sie Text enthält ({1}); {2}.</translation>
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
        <source>{0} has no removal set yet; run its search first.</source>
        <translation>{0} hat noch keine Entfernungsmenge; führen Sie zuerst seine Suche aus.</translation>
    </message>
    <message>
        <source>{0} has no revision &apos;{1}&apos; on the Hub; check the branch, tag or commit.</source>
        <translation>{0} hat auf dem Hub keine Revision „{1}“; prüfen Sie Zweig, Tag oder Commit.</translation>
    </message>
    <message>
        <source>{0} has no rows of {1}{2}; the task needs all {3} subjects.</source>
        <translation>{0} hat keine Zeilen zu {1}{2}; die Aufgabe braucht alle {3} Fächer.</translation>
    </message>
    <message>
        <source>{0} has no rows.</source>
        <translation>{0} hat keine Zeilen.</translation>
    </message>
    <message>
        <source>{0} has no rows{1}.</source>
        <translation>{0} hat keine Zeilen{1}.</translation>
    </message>
    <message>
        <source>{0} has no run &apos;{1}&apos;.</source>
        <translation>{0} hat keinen Lauf „{1}“.</translation>
    </message>
    <message>
        <source>{0} has no run with a removal set yet; run the search first (layerswarm run).</source>
        <translation>{0} hat noch keinen Lauf mit einer Entfernungsmenge; führen Sie zuerst die Suche aus (layerswarm run).</translation>
    </message>
    <message>
        <source>{0} has no safetensors weights, and LayerSwarm opens no pickled ones because they can run code; save the model again with save_pretrained() of a current transformers.</source>
        <translation>{0} hat keine Gewichte als safetensors, und LayerSwarm öffnet keine mit pickle gespeicherten, weil sie Code ausführen können; speichern Sie das Modell mit save_pretrained() eines aktuellen transformers neu.</translation>
    </message>
    <message>
        <source>{0} has no safetensors weights; choose a repository that has, or convert it first.</source>
        <translation>{0} hat keine Gewichte als safetensors; wählen Sie ein Repository, das welche hat, oder wandeln Sie es zuerst um.</translation>
    </message>
    <message>
        <source>{0} has no weight map; download or copy the model again.</source>
        <translation>{0} hat keine Liste der Gewichte (weight_map); laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} has no window of {1} tokens outside the calibration text; name another file.</source>
        <translation>{0} hat außerhalb des Kalibrierungstextes kein Fenster von {1} Token; nennen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>{0} has no {1} model, so the {2} one is exported instead.</source>
        <translation>{0} hat kein Modell „{1}“; stattdessen wird „{2}“ exportiert.</translation>
    </message>
    <message>
        <source>{0} has no {1} model; ask for {2}.</source>
        <translation>{0} hat kein solches Modell ({1}); wählen Sie {2}.</translation>
    </message>
    <message>
        <source>{0} has no {1} model; export the {2} one (export.variant={3}).</source>
        <translation>{0} hat kein solches Modell ({1}); exportieren Sie das andere ({2}; export.variant={3}).</translation>
    </message>
    <message>
        <source>{0} has no {1} of its own, only in subfolders such as {2}; download the subfolder that you want and give it as a folder.</source>
        <translation>{0} hat keine eigene {1}, nur in Unterordnern wie {2}; laden Sie den gewünschten Unterordner herunter, und wählen Sie ihn als Ordner.</translation>
    </message>
    <message>
        <source>{0} has no {1} with its folder &apos;conversion&apos;; name a current llama.cpp checkout in export.llama_cpp, or leave it empty.</source>
        <translation>{0} hat kein {1} mit seinem Ordner „conversion“; nennen Sie ein aktuelles llama.cpp in export.llama_cpp, oder lassen Sie es leer.</translation>
    </message>
    <message>
        <source>{0} has no {1}, so it holds no model that transformers can load; choose another repository.</source>
        <translation>{0} hat keine {1} und enthält darum kein Modell, das transformers laden kann; wählen Sie ein anderes Repository.</translation>
    </message>
    <message>
        <source>{0} has not measured any model yet; let the run finish first.</source>
        <translation>{0} hat noch kein Modell gemessen; lassen Sie den Lauf zuerst fertig werden.</translation>
    </message>
    <message>
        <source>{0} has the architecture {1}, and only GGUF files of {2} are supported; give the Hugging Face folder of the model.</source>
        <translation>{0} hat die Architektur {1}, und nur GGUF-Dateien von {2} werden unterstützt; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} has {1:,} tokens but embeddings for {2:,}; download or convert the model again.</source>
        <translation>{0} hat {1:,} Token, aber Einbettungen für {2:,}; laden Sie das Modell neu herunter, oder wandeln Sie es neu um.</translation>
    </message>
    <message>
        <source>{0} has {1} answers and {2} has {3} questions; take both from the same release.</source>
        <translation>{0} hat {1} Antworten, und {2} hat {3} Fragen; nehmen Sie beide aus derselben Veröffentlichung.</translation>
    </message>
    <message>
        <source>{0} has {1} cells where the first line has {2}; put a text that holds the separator in quotes.</source>
        <translation>{0} hat {1} Zellen, wo die erste Zeile {2} hat; setzen Sie einen Text, der das Trennzeichen enthält, in Anführungszeichen.</translation>
    </message>
    <message>
        <source>{0} has {1} examples{2}, but {3} are put before each question; set evaluation.fewshot to {4}, or add examples.</source>
        <translation>{0} hat {1} Beispiele{2}, aber vor jeder Frage stehen {3}; setzen Sie evaluation.fewshot auf {4}, oder ergänzen Sie Beispiele.</translation>
    </message>
    <message>
        <source>{0} holds a character that is not Unicode, such as a part of a name in another encoding; rename the file or folder, or correct the text.</source>
        <translation>{0} enthält ein Zeichen, das kein Unicode ist, etwa einen Teil eines Namens in einer anderen Kodierung; benennen Sie die Datei oder den Ordner um, oder berichtigen Sie den Text.</translation>
    </message>
    <message>
        <source>{0} holds half of a character, which cannot be written as UTF-8</source>
        <translation>{0} enthält die Hälfte eines Zeichens, das sich nicht als UTF-8 schreiben lässt</translation>
    </message>
    <message>
        <source>{0} holds neither {1} nor {2}; download or copy the model again.</source>
        <translation>{0} enthält weder {1} noch {2}; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} holds no settings of LayerSwarm; choose a file that it has exported.</source>
        <translation>{0} enthält keine Einstellungen von LayerSwarm; wählen Sie eine Datei, die es exportiert hat.</translation>
    </message>
    <message>
        <source>{0} holds no token embeddings, so it is not a complete language model; download it again.</source>
        <translation>{0} enthält keine Einbettungen der Token und ist darum kein vollständiges Sprachmodell; laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} holds no tokenizer, so the export has none either.</source>
        <translation>{0} enthält keinen Tokenizer, der Export darum auch nicht.</translation>
    </message>
    <message>
        <source>{0} holds no vocabulary, so it cannot read text; download or convert the model again.</source>
        <translation>{0} enthält kein Vokabular und kann darum keinen Text lesen; laden Sie das Modell neu herunter, oder wandeln Sie es neu um.</translation>
    </message>
    <message>
        <source>{0} holds other things, such as {1}; choose a new or empty folder.</source>
        <translation>{0} enthält anderes, etwa {1}; wählen Sie einen neuen oder leeren Ordner.</translation>
    </message>
    <message>
        <source>{0} holds several lists ({1}), none of them named &apos;data&apos;; put the one with the text into a file of its own.</source>
        <translation>{0} enthält mehrere Listen ({1}), von denen keine „data“ heißt; schreiben Sie die mit dem Text in eine eigene Datei.</translation>
    </message>
    <message>
        <source>{0} holds the tensor {1}, for which transformers has no place in this kind of model; give the Hugging Face folder of the model.</source>
        <translation>{0} enthält den Tensor {1}, für den transformers in dieser Art von Modell keinen Platz hat; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} holds the weights of a LoRA adapter without {1}; copy that file there too, or give the folder of a model.</source>
        <translation>{0} enthält die Gewichte eines LoRA-Adapters ohne {1}; kopieren Sie auch diese Datei dorthin, oder wählen Sie den Ordner eines Modells.</translation>
    </message>
    <message>
        <source>{0} holds this export already; it is verified again and kept.</source>
        <translation>{0} enthält diesen Export schon; er wird noch einmal geprüft und bleibt.</translation>
    </message>
    <message>
        <source>{0} holds this export from before, but it is damaged ({1}); remove that folder.</source>
        <translation>{0} enthält diesen Export von früher, aber er ist beschädigt ({1}); entfernen Sie diesen Ordner.</translation>
    </message>
    <message>
        <source>{0} instead of {1} bit for each weight</source>
        <translation>{0} statt {1} Bit je Gewicht</translation>
    </message>
    <message>
        <source>{0} is GGUF of version {1}, from August 2023, which is no longer supported; download or convert the model again.</source>
        <translation>{0} ist GGUF der Version {1} vom August 2023, die nicht mehr unterstützt wird; laden Sie das Modell neu herunter, oder wandeln Sie es neu um.</translation>
    </message>
    <message>
        <source>{0} is GGUF of version {1}, which is newer than this LayerSwarm (it reads {2} and {3}); update LayerSwarm, or download a file of version {3}.</source>
        <translation>{0} ist GGUF der Version {1}, die neuer ist als dieses LayerSwarm (es liest {2} und {3}); aktualisieren Sie LayerSwarm, oder laden Sie eine Datei der Version {3} herunter.</translation>
    </message>
    <message>
        <source>{0} is Python {1}; the engine needs Python 3.11 or newer.</source>
        <translation>{0} ist Python {1}; die Engine braucht Python 3.11 oder neuer.</translation>
    </message>
    <message>
        <source>{0} is a Falcon with more than one head of keys, whose weights transformers orders differently from GGUF; give the Hugging Face folder of the model.</source>
        <translation>{0} ist ein Falcon mit mehr als einem Kopf von Schlüsseln, dessen Gewichte transformers anders ordnet als GGUF; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} is a LoRA adapter that does not name its base model; set &apos;{1}&apos; in {2} to the folder or Hub id of the model that it was trained on.</source>
        <translation>{0} ist ein LoRA-Adapter, der sein Basismodell nicht nennt; setzen Sie „{1}“ in {2} auf den Ordner oder die Hub-ID des Modells, mit dem er trainiert wurde.</translation>
    </message>
    <message>
        <source>{0} is a big-endian GGUF file, made for processors such as IBM Z; download the little-endian one, or convert a copy with &apos;gguf-convert-endian FILE little&apos; of the Python package gguf.</source>
        <translation>{0} ist eine GGUF-Datei im Big-Endian-Format, gemacht für Prozessoren wie IBM Z; laden Sie die im Little-Endian-Format herunter, oder wandeln Sie eine Kopie mit „gguf-convert-endian FILE little“ des Python-Pakets gguf um.</translation>
    </message>
    <message>
        <source>{0} is a concatenation of the parts of a split GGUF file, which cannot be read; download the parts again and give one of them unchanged.</source>
        <translation>{0} ist eine Aneinanderreihung der Teile einer geteilten GGUF-Datei, die sich nicht lesen lässt; laden Sie die Teile neu herunter, und wählen Sie einen davon unverändert.</translation>
    </message>
    <message>
        <source>{0} is a file; choose a folder.</source>
        <translation>{0} ist eine Datei; wählen Sie einen Ordner.</translation>
    </message>
    <message>
        <source>{0} is a folder; name a text file in it.</source>
        <translation>{0} ist ein Ordner; nennen Sie eine Textdatei darin.</translation>
    </message>
    <message>
        <source>{0} is a link to a file outside of the model&apos;s folder; exports leave it out.</source>
        <translation>{0} ist eine Verknüpfung zu einer Datei außerhalb des Modellordners; Exporte lassen sie weg.</translation>
    </message>
    <message>
        <source>{0} is a mixture of experts of the architecture &apos;llama&apos;, such as Mixtral, which transformers does not read from GGUF; give the Hugging Face folder of the model.</source>
        <translation>{0} ist eine Mischung von Experten der Architektur „llama“, etwa Mixtral, die transformers nicht aus GGUF liest; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
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
        <source>{0} is a zip archive; unpack it, and name the text file in it.</source>
        <translation>{0} ist ein ZIP-Archiv; entpacken Sie es, und nennen Sie die Textdatei darin.</translation>
    </message>
    <message>
        <source>{0} is already a LayerSwarm project; open it, or choose another folder.</source>
        <translation>{0} ist schon ein Projekt von LayerSwarm; öffnen Sie es, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{0} is an adapter ({1}) of the model &apos;{2}&apos;</source>
        <translation>{0} ist ein Adapter ({1}) des Modells „{2}“</translation>
    </message>
    <message>
        <source>{0} is an adapter of a kind that the installed PEFT does not know (peft_type {1}); merge it into its base model with the tool that made it, and give the merged model.</source>
        <translation>{0} ist ein Adapter einer Art, die das installierte PEFT nicht kennt (peft_type {1}); rechnen Sie ihn mit dem Werkzeug, das ihn gemacht hat, in sein Basismodell ein, und wählen Sie das Ergebnis.</translation>
    </message>
    <message>
        <source>{0} is an adapter without {1}, and LayerSwarm opens no pickled weights because they can run code; choose another, or save it again with a current version of PEFT.</source>
        <translation>{0} ist ein Adapter ohne {1}, und LayerSwarm öffnet keine mit pickle gespeicherten Gewichte, weil sie Code ausführen können; wählen Sie einen anderen, oder speichern Sie ihn mit einer aktuellen Version von PEFT neu.</translation>
    </message>
    <message>
        <source>{0} is another device ({1}) than that of the run ({2}), so the same run may differ in the last digits of its scores when it is repeated.</source>
        <translation>{0} ist ein anderes Gerät ({1}) als das des Laufs ({2}); derselbe Lauf kann sich deshalb bei einer Wiederholung in den letzten Stellen seiner Werte unterscheiden.</translation>
    </message>
    <message>
        <source>{0} is cut short and cannot be read{1}: {2}; {3}.</source>
        <translation>{0} ist abgeschnitten und nicht lesbar{1}: {2}; {3}.</translation>
    </message>
    <message>
        <source>{0} is cut short at byte {1:,} of {2:,}; download it again.</source>
        <translation>{0} ist bei Byte {1:,} von {2:,} abgeschnitten; laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} is cut short at byte {1:,} of {2:,}; download or copy the model again.</source>
        <translation>{0} ist bei Byte {1:,} von {2:,} abgeschnitten; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} is cut short at byte {1:,}, within its header of at least {2:,} bytes; download it again.</source>
        <translation>{0} ist bei Byte {1:,} abgeschnitten, innerhalb des Kopfes von mindestens {2:,} Bytes; laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} is cut short at byte {1:,}, within its header of {2:,} bytes; download it again.</source>
        <translation>{0} ist bei Byte {1:,} abgeschnitten, innerhalb des Kopfes von {2:,} Bytes; laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>{0} is cut short at byte {1:,}, within its header, which claims {2:,} {3}; download it again.</source>
        <translation>{0} ist bei Byte {1:,} abgeschnitten, innerhalb des Kopfes, der {2:,} {3} nennt; laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} is damaged (a safetensors file of {1:,} bytes whose header describes {2:,}); download or copy the model again.</source>
        <translation>{0} ist beschädigt (eine safetensors-Datei von {1:,} Bytes, deren Kopf {2:,} beschreibt); laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} is damaged (it claims to be one of {1} parts); download it again.</source>
        <translation>{0} ist beschädigt (die Datei gibt sich als einer von {1} Teilen aus); laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>{0} is damaged (its header claims {1:,} bytes of weights); download it again.</source>
        <translation>{0} ist beschädigt (der Kopf nennt {1:,} Bytes an Gewichten); laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} is damaged (its tensor {1!r} {2}); download it again.</source>
        <translation>{0} ist beschädigt (ihr Tensor {1!r} {2}); laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>{0} is damaged (its tensor {1} overlaps another); download it again.</source>
        <translation>{0} ist beschädigt (der Tensor {1} überlappt einen anderen); laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} is damaged (tokenizer.ggml.{1} is not a list of the right kind and length); download or convert it again.</source>
        <translation>{0} ist beschädigt (tokenizer.ggml.{1} ist keine Liste der richtigen Art und Länge); laden Sie die Datei neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>{0} is damaged ({1}); download it again.</source>
        <translation>{0} ist beschädigt ({1}); laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} is damaged and cannot be read as JSON ({1}); {2}.</source>
        <translation>{0} ist beschädigt und nicht als JSON lesbar ({1}); {2}.</translation>
    </message>
    <message>
        <source>{0} is damaged, or uses an unknown number format (tensor {1} is of type {2}); download it again, or in another format such as Q8_0.</source>
        <translation>{0} ist beschädigt oder verwendet ein unbekanntes Zahlenformat (Tensor {1} ist von der Art {2}); laden Sie die Datei neu herunter, oder in einem anderen Format wie Q8_0.</translation>
    </message>
    <message>
        <source>{0} is damaged: it cannot be read as parquet ({1}); download the file again.</source>
        <translation>{0} ist beschädigt: Die Datei ist nicht als Parquet lesbar ({1}); laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>{0} is dequantised</source>
        <translation>{0} ist dequantisiert</translation>
    </message>
    <message>
        <source>{0} is empty</source>
        <translation>{0} ist leer</translation>
    </message>
    <message>
        <source>{0} is encrypted; save it without encryption.</source>
        <translation>{0} ist verschlüsselt; speichern Sie die Datei ohne Verschlüsselung.</translation>
    </message>
    <message>
        <source>{0} is for LoRA; local distillation trains a few layers at a time, in one process and in full precision. Set {1}={2}, or recovery.method=lora.</source>
        <translation>{0} ist für LoRA; die lokale Destillation trainiert wenige Schichten auf einmal, in einem Prozess und in voller Genauigkeit. Setzen Sie {1}={2} oder recovery.method=lora.</translation>
    </message>
    <message>
        <source>{0} is gated and the Hub received no valid token; create one in your Hub account and store it here, or log in with &apos;hf auth login&apos;.</source>
        <translation>{0} ist zugangsbeschränkt, und der Hub erhielt kein gültiges Token; legen Sie in Ihrem Konto auf dem Hub eines an und speichern Sie es hier, oder melden Sie sich mit „hf auth login“ an.</translation>
    </message>
    <message>
        <source>{0} is gated and your account has no access ({1}); see its Hub page {2}.</source>
        <translation>{0} ist zugangsbeschränkt, und Ihr Konto hat keinen Zugang ({1}); siehe die Seite auf dem Hub: {2}.</translation>
    </message>
    <message>
        <source>{0} is gated: accept its licence on its Hub page {1} with the account of your token, then try again.</source>
        <translation>{0} ist zugangsbeschränkt: Stimmen Sie der Lizenz auf der Hub-Seite {1} mit dem Konto Ihres Tokens zu, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{0} is inside the project; choose a folder outside it for the copy.</source>
        <translation>{0} liegt im Projekt; wählen Sie für die Kopie einen Ordner außerhalb.</translation>
    </message>
    <message>
        <source>{0} is larger than the {1:,.0f} MB that such a file can have; check the file.</source>
        <translation>{0} ist größer als die {1:,.0f} MB, die eine solche Datei haben kann; prüfen Sie die Datei.</translation>
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
        <source>{0} is missing</source>
        <translation>{0} fehlt</translation>
    </message>
    <message>
        <source>{0} is no Python that works here; name another one.</source>
        <translation>{0} ist kein Python, das hier funktioniert; nennen Sie ein anderes.</translation>
    </message>
    <message>
        <source>{0} is no longer the GGUF file that {1} was read from; select the model again.</source>
        <translation>{0} ist nicht mehr die GGUF-Datei, aus der {1} gelesen wurde; wählen Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>{0} is no parquet file despite its name; give it the ending of its content, such as .jsonl.</source>
        <translation>{0} ist trotz ihres Namens keine Parquet-Datei; geben Sie ihr die Endung ihres Inhalts, etwa .jsonl.</translation>
    </message>
    <message>
        <source>{0} is not a JSON file ({1}); choose a file that LayerSwarm has exported.</source>
        <translation>{0} ist keine JSON-Datei ({1}); wählen Sie eine Datei, die LayerSwarm exportiert hat.</translation>
    </message>
    <message>
        <source>{0} is not a JSON object; download or copy the model again.</source>
        <translation>{0} ist kein JSON-Objekt; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} is not a LayerSwarm project file.</source>
        <translation>{0} ist keine Projektdatei von LayerSwarm.</translation>
    </message>
    <message>
        <source>{0} is not a LayerSwarm project: it has no format version.</source>
        <translation>{0} ist kein Projekt von LayerSwarm: Die Version des Formats fehlt.</translation>
    </message>
    <message>
        <source>{0} is not a model: give a folder with config.json and safetensors, or a GGUF file.</source>
        <translation>{0} ist kein Modell: Wählen Sie einen Ordner mit config.json und safetensors oder eine GGUF-Datei.</translation>
    </message>
    <message>
        <source>{0} is not a valid config of an adapter: {1}</source>
        <translation>{0} ist keine gültige Konfiguration eines Adapters: {1}</translation>
    </message>
    <message>
        <source>{0} is not an empty folder; choose a new or empty one for the copy.</source>
        <translation>{0} ist kein leerer Ordner; wählen Sie für die Kopie einen neuen oder leeren.</translation>
    </message>
    <message>
        <source>{0} is not an empty folder; choose a new or empty one for the export.</source>
        <translation>{0} ist kein leerer Ordner; wählen Sie für den Export einen neuen oder leeren.</translation>
    </message>
    <message>
        <source>{0} is not an empty folder; choose a new or empty one for the project.</source>
        <translation>{0} ist kein leerer Ordner; wählen Sie für das Projekt einen neuen oder leeren.</translation>
    </message>
    <message>
        <source>{0} is not an export of LayerSwarm (it has no {1}); export a model first.</source>
        <translation>{0} ist kein Export von LayerSwarm (ohne {1}); exportieren Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <source>{0} is not complete in the cache</source>
        <translation>{0} ist nicht vollständig im Cache</translation>
    </message>
    <message>
        <source>{0} is not in the caches of this computer, so there is nothing to delete.</source>
        <translation>{0} ist nicht im Cache dieses Computers; es gibt nichts zu löschen.</translation>
    </message>
    <message>
        <source>{0} is not one of its tensors</source>
        <translation>{0} gehört nicht zu seinen Tensoren</translation>
    </message>
    <message>
        <source>{0} is of an unknown kind; give a file in {1}.</source>
        <translation>{0} ist von unbekannter Art; nennen Sie eine Datei als {1}.</translation>
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
        <source>{0} is one of LayerSwarm&apos;s own presets; choose another name.</source>
        <translation>{0} ist eine Vorgabe von LayerSwarm selbst; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{0} is one of {1} parts of a GGUF file, and {2} is not beside it{3}; put all parts into one folder.</source>
        <translation>{0} ist einer von {1} Teilen einer GGUF-Datei, und {2} liegt nicht daneben{3}; legen Sie alle Teile in einen Ordner.</translation>
    </message>
    <message>
        <source>{0} is part {1} of {2} of a split GGUF file, but its name does not show that, and the others are found by their names; rename it, for example to {3}-{1:05d}-of-{2:05d}.gguf.</source>
        <translation>{0} ist Teil {1} von {2} einer geteilten GGUF-Datei, aber ihr Name zeigt das nicht, und die übrigen werden an ihren Namen gefunden; benennen Sie sie um, etwa in {3}-{1:05d}-of-{2:05d}.gguf.</translation>
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
        <source>{0} is too old for the engine, which works on the CPU.</source>
        <translation>{0} ist zu alt für die Engine, die auf der CPU arbeitet.</translation>
    </message>
    <message>
        <source>{0} is {1}, but it must be {2}</source>
        <translation>{0} ist {1}, erlaubt ist aber {2}</translation>
    </message>
    <message>
        <source>{0} is {1}, but {2} is needed</source>
        <translation>{0} ist {1}, aber {2} wird gebraucht</translation>
    </message>
    <message>
        <source>{0} is {1}, not a file; put the file itself there, or name another one.</source>
        <translation>{0} ist {1}, keine Datei; legen Sie die Datei selbst dorthin, oder nennen Sie eine andere.</translation>
    </message>
    <message>
        <source>{0} is {1}, so the answer is not known, as in a test split that is published without its answers; use a split that has them</source>
        <translation>{0} ist {1}; die Antwort ist also nicht bekannt, wie in einem Testteil, der ohne Antworten veröffentlicht ist. Verwenden Sie einen Teil mit Antworten</translation>
    </message>
    <message>
        <source>{0} is {1}.</source>
        <translation>{0} ist {1}.</translation>
    </message>
    <message>
        <source>{0} is {1}; write each row as an object, such as {{&quot;text&quot;: &quot;...&quot;}}.</source>
        <translation>{0} ist {1}; schreiben Sie jede Zeile als Objekt, etwa {{&quot;text&quot;: &quot;...&quot;}}.</translation>
    </message>
    <message>
        <source>{0} is {1}; {2}.</source>
        <translation>{0} ist {1}; {2}.</translation>
    </message>
    <message>
        <source>{0} lacks a field that its architecture needs ({1}); download or convert it again.</source>
        <translation>{0} fehlt ein Feld, das die Architektur braucht ({1}); laden Sie die Datei neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>{0} lacks block {1} of its {2} blocks; download or convert the model again.</source>
        <translation>{0} fehlt Block {1} von {2}; laden Sie das Modell neu herunter, oder wandeln Sie es neu um.</translation>
    </message>
    <message>
        <source>{0} lacks {1} ({2} weight files missing); download the model again.</source>
        <translation>In {0} fehlt {1} (fehlende Gewichtsdateien: {2}); laden Sie das Modell neu herunter.</translation>
    </message>
    <message>
        <source>{0} layer removed</source>
        <translation>{0} Schicht entfernt</translation>
    </message>
    <message>
        <source>{0} layers cannot be removed when {1} may be; ask for fewer, or protect fewer.</source>
        <translation>{0} Schichten lassen sich nicht entfernen, wenn {1} entfernt werden dürfen; verlangen Sie weniger, oder schützen Sie weniger.</translation>
    </message>
    <message>
        <source>{0} layers removed</source>
        <translation>{0} Schichten entfernt</translation>
    </message>
    <message>
        <source>{0} leads to the cluster {1}, which you have not allowed; it gets the model and can run code here, so allow it once with --trust or in the window if it is yours, or clear the setting.</source>
        <translation>{0} führt zum Cluster {1}, den Sie nicht erlaubt haben; er erhält das Modell und kann hier Code ausführen. Erlauben Sie ihn einmal mit --trust oder im Fenster, wenn er Ihrer ist, oder leeren Sie die Einstellung.</translation>
    </message>
    <message>
        <source>{0} leads to {1}, which {2}; look at what is in it, then allow it once with --trust or in the window, or clear the setting.</source>
        <translation>{0} führt zu {1}, einem Ort, {2}; sehen Sie nach, was darin ist, und erlauben Sie ihn dann einmal mit --trust oder im Fenster, oder leeren Sie die Einstellung.</translation>
    </message>
    <message>
        <source>{0} lets each token attend to later ones, so it is not a causal language model.</source>
        <translation>{0} lässt jedes Token spätere beachten und ist darum kein kausales Sprachmodell.</translation>
    </message>
    <message>
        <source>{0} lets this model attend to everything; it was trained to see {1} tokens, so keep below</source>
        <translation>{0} lässt dieses Modell alles beachten; trainiert wurde es auf {1} Token, bleiben Sie also darunter</translation>
    </message>
    <message>
        <source>{0} lies within the model&apos;s own folder, {1}; choose a folder outside of it.</source>
        <translation>{0} liegt im Ordner des Modells selbst, {1}; wählen Sie einen Ordner außerhalb.</translation>
    </message>
    <message>
        <source>{0} min {1:02d} s</source>
        <translation>{0} min {1:02d} s</translation>
    </message>
    <message>
        <source>{0} model wrote.</source>
        <translation>{0} Modell hat geschrieben.</translation>
    </message>
    <message>
        <source>{0} models on this computer.</source>
        <translation>{0} Modelle auf diesem Computer.</translation>
    </message>
    <message>
        <source>{0} models wrote.</source>
        <translation>{0} Modelle haben geschrieben.</translation>
    </message>
    <message>
        <source>{0} models.</source>
        <translation>{0} Modelle.</translation>
    </message>
    <message>
        <source>{0} must be text, but it is {1}</source>
        <translation>{0} muss Text sein, ist aber {1}</translation>
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
        <source>{0} names {1}, which cannot be read ({2}).</source>
        <translation>{0} nennt {1}; der Ort ist nicht lesbar ({2}).</translation>
    </message>
    <message>
        <source>{0} needs an NVIDIA, AMD or Intel GPU, but the run uses {1}; set it to false.</source>
        <translation>{0} braucht eine GPU von NVIDIA, AMD oder Intel, aber der Lauf verwendet {1}; setzen Sie es auf false.</translation>
    </message>
    <message>
        <source>{0} needs bitsandbytes, which is not installed; install it: {1}.</source>
        <translation>{0} braucht bitsandbytes, das nicht installiert ist; installieren Sie es: {1}.</translation>
    </message>
    <message>
        <source>{0} needs the whole model in memory, but its layers are fetched one after the other on {1}; use recovery.adapter=lora without train_norms, recovery.method=local, or recovery.enabled=false.</source>
        <translation>{0} braucht das ganze Modell im Speicher, seine Schichten werden auf {1} aber eine nach der anderen geholt; verwenden Sie recovery.adapter=lora ohne train_norms, recovery.method=local oder recovery.enabled=false.</translation>
    </message>
    <message>
        <source>{0} needs {1:.1f} GB more, but only {2:.1f} GB are free where the Hub&apos;s cache is ({3}); make room, or set HF_HOME to another folder.</source>
        <translation>{0} braucht noch {1:.1f} GB, aber am Ort des Hub-Caches ({3}) sind nur {2:.1f} GB frei; schaffen Sie Platz, oder setzen Sie HF_HOME auf einen anderen Ordner.</translation>
    </message>
    <message>
        <source>{0} needs {1:.1f} GB of memory to dequantise, but {2:.1f} GB are free; close other programs, or choose a smaller model.</source>
        <translation>{0} braucht zum Dequantisieren {1:.1f} GB Speicher, frei sind {2:.1f} GB; schließen Sie andere Programme, oder wählen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>{0} needs {1:.1f} GB of memory, but {2:.1f} GB are free; merge it on a larger computer and give the merged model.</source>
        <translation>{0} braucht {1:.1f} GB Speicher, frei sind {2:.1f} GB; rechnen Sie den Adapter auf einem größeren Computer ein, und wählen Sie das Ergebnis.</translation>
    </message>
    <message>
        <source>{0} needs {1:.1f} GB, but only {2:.1f} GB are free where the cache is ({3}); make room, or set LAYERSWARM_CACHE to another folder.</source>
        <translation>{0} braucht {1:.1f} GB, aber am Ort des Caches ({3}) sind nur {2:.1f} GB frei; schaffen Sie Platz, oder setzen Sie LAYERSWARM_CACHE auf einen anderen Ordner.</translation>
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
        <source>{0} of {1} greedy tokens are others, where the pruned model prefers its own by {2:.2g} nats at most (allowed {3:g})</source>
        <translation>{0} von {1} Greedy-Token sind andere, wobei das beschnittene Modell sein eigenes um höchstens {2:.2g} nats bevorzugt (erlaubt {3:g})</translation>
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
        <source>{0} of {1} names {2} as the weights, but the repository has no such file; choose another.</source>
        <translation>{0} von {1} nennt {2} als die Gewichte, aber das Repository hat keine solche Datei; wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>{0} of {1} names {2} that the repository lacks, such as {3}; choose another repository, or another revision of it.</source>
        <translation>{0} von {1} nennt {2}, die dem Repository fehlen, etwa {3}; wählen Sie ein anderes Repository oder eine andere Revision davon.</translation>
    </message>
    <message>
        <source>{0} of {1} tensors equal to the original file byte for byte</source>
        <translation>{0} von {1} Tensoren gleichen der ursprünglichen Datei Byte für Byte</translation>
    </message>
    <message>
        <source>{0} or less</source>
        <translation>höchstens {0}</translation>
    </message>
    <message>
        <source>{0} or {1}</source>
        <translation>{0} oder {1}</translation>
    </message>
    <message>
        <source>{0} promises {1} tensors in its {2} parts, which hold {3}; they are parts of different models, so download all from one place again.</source>
        <translation>{0} kündigt {1} Tensoren in {2} Teilen an, die {3} enthalten; es sind Teile verschiedener Modelle. Laden Sie alle von einem Ort neu herunter.</translation>
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
        <source>{0} refers to &apos;{1}&apos;, which is outside {2}; copy what it needs into the folder.</source>
        <translation>{0} verweist auf „{1}“ außerhalb von {2}; kopieren Sie in den Ordner, was es braucht.</translation>
    </message>
    <message>
        <source>{0} refuses access; check the address and the account of your package index or proxy.</source>
        <translation>{0} verweigert den Zugang; prüfen Sie Adresse und Konto Ihres Paketindexes oder Proxys.</translation>
    </message>
    <message>
        <source>{0} registers &apos;{1}&apos; in {2}, which cannot be used: {3}; update or uninstall it.</source>
        <translation>{0} meldet „{1}“ in {2} an, was nicht verwendbar ist: {3}; aktualisieren oder deinstallieren Sie es.</translation>
    </message>
    <message>
        <source>{0} rotates only part of each head, which transformers does not support in this kind of model; give the Hugging Face folder of the model.</source>
        <translation>{0} dreht nur einen Teil jedes Kopfes, was transformers in dieser Art von Modell nicht unterstützt; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} run.</source>
        <translation>{0} Lauf.</translation>
    </message>
    <message>
        <source>{0} runs.</source>
        <translation>{0} Läufe.</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} scales its rotary positions in a way that transformers cannot express ({1}); give the Hugging Face folder of the model.</source>
        <translation>{0} skaliert seine rotierenden Positionen auf eine Weise, die transformers nicht ausdrücken kann ({1}); wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} scales its rotary positions, which transformers does not read in this architecture; give the Hugging Face folder of the model.</source>
        <translation>{0} skaliert seine rotierenden Positionen, was transformers in dieser Architektur nicht liest; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
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
        <source>{0} setting got the default again ({1})</source>
        <translation>{0} Einstellung hat wieder den Standardwert ({1})</translation>
    </message>
    <message>
        <source>{0} settings got the default again ({1})</source>
        <translation>{0} Einstellungen haben wieder den Standardwert ({1})</translation>
    </message>
    <message>
        <source>{0} splits texts by the unknown rule {1} (tokenizer.ggml.pre); give the Hugging Face folder of the model.</source>
        <translation>{0} teilt Texte nach der unbekannten Regel {1} (tokenizer.ggml.pre); wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} states &apos;{1}&apos;, which the installed PEFT does not know; upgrade it with &apos;pip install --upgrade peft&apos;, or merge the adapter with the tool that made it and give the merged model.</source>
        <translation>{0} nennt „{1}“, was das installierte PEFT nicht kennt; aktualisieren Sie es mit „pip install --upgrade peft“, oder rechnen Sie den Adapter mit dem Werkzeug ein, das ihn gemacht hat, und wählen Sie das Ergebnis.</translation>
    </message>
    <message>
        <source>{0} states a width of its layers that Bloom does not have; download it again.</source>
        <translation>{0} nennt eine Breite seiner Schichten, die Bloom nicht hat; laden Sie die Datei neu herunter.</translation>
    </message>
    <message>
        <source>{0} states that the weights are quantised ({1}), but they are plain numbers; if they were dequantised, delete &apos;quantization_config&apos; from it, else {2}</source>
        <translation>{0} gibt an, die Gewichte seien quantisiert ({1}), aber es sind einfache Zahlen; wurden sie dequantisiert, löschen Sie „quantization_config“ daraus, sonst {2}</translation>
    </message>
    <message>
        <source>{0} states the windows of only {1} of its {2} layers; download or convert it again.</source>
        <translation>{0} nennt die Fenster von nur {1} der {2} Schichten; laden Sie die Datei neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>{0} states {1:,} layers ({2}), but the weights are {3:,} tensors; download or copy the model again.</source>
        <translation>{0} nennt {1:,} Schichten ({2}), aber die Gewichte sind {3:,} Tensoren; laden oder kopieren Sie das Modell neu.</translation>
    </message>
    <message>
        <source>{0} states {1} for its tokenizer&apos;s {2}; download or convert it again.</source>
        <translation>{0} nennt {1} als {2} des Tokenizers; laden Sie die Datei neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>{0} states {1} for {2}, but has {3:,} tokens; download or convert it again.</source>
        <translation>{0} nennt {1} für {2}, hat aber {3:,} Token; laden Sie die Datei neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>{0} states {1} for {2}, which transformers cannot express in this kind of model; give the Hugging Face folder of the model.</source>
        <translation>{0} nennt {1} für {2}, was transformers in dieser Art von Modell nicht ausdrücken kann; wählen Sie den Hugging-Face-Ordner des Modells.</translation>
    </message>
    <message>
        <source>{0} states {1}, which is no number of a token; correct the file.</source>
        <translation>{0} nennt {1}, was keine Nummer eines Tokens ist; berichtigen Sie die Datei.</translation>
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
        <source>{0} tensor equal to the source byte for byte</source>
        <translation>{0} Tensor gleicht der Quelle Byte für Byte</translation>
    </message>
    <message>
        <source>{0} tensors ({2:,.1f} MB), such as {1}, are not loaded by transformers; exports leave them out.</source>
        <translation>{0} Tensoren ({2:,.1f} MB), etwa {1}, lädt transformers nicht; Exporte lassen sie weg.</translation>
    </message>
    <message>
        <source>{0} tensors ({2:,.1f} MB), such as {1}, are not part of the language model; exports keep them unchanged, but not as counted parameters.</source>
        <translation>{0} Tensoren ({2:,.1f} MB), etwa {1}, gehören nicht zum Sprachmodell; Exporte behalten sie unverändert, zählen sie aber nicht als Parameter.</translation>
    </message>
    <message>
        <source>{0} tensors equal to the source byte for byte</source>
        <translation>{0} Tensoren gleichen der Quelle Byte für Byte</translation>
    </message>
    <message>
        <source>{0} tensors of its config, such as {1}</source>
        <translation>{0} Tensoren ihrer Konfiguration, etwa {1}</translation>
    </message>
    <message>
        <source>{0} text looked at.</source>
        <translation>{0} Text angesehen.</translation>
    </message>
    <message>
        <source>{0} texts looked at.</source>
        <translation>{0} Texte angesehen.</translation>
    </message>
    <message>
        <source>{0} ties its layers together in an unsupported way; choose another model.</source>
        <translation>{0} bindet seine Schichten auf eine Weise aneinander, die nicht unterstützt wird; wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>{0} to the changed weights</source>
        <translation>{0} den geänderten Gewichten</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
    <message>
        <source>{0} tokens</source>
        <translation>{0} Token</translation>
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
        <source>{0} unpacks to more than {1:.0f} GB, which are not held in memory; split it, or give it as .jsonl or uncompressed .parquet.</source>
        <translation>{0} wird entpackt größer als {1:.0f} GB, die nicht im Speicher gehalten werden; teilen Sie die Datei, oder geben Sie sie als .jsonl oder unkomprimiertes .parquet an.</translation>
    </message>
    <message>
        <source>{0} uses the number format {1}, which is not supported; download the model in another one such as Q8_0, or make it with llama-quantize --allow-requantize.</source>
        <translation>{0} verwendet das Zahlenformat {1}, das nicht unterstützt wird; laden Sie das Modell in einem anderen wie Q8_0 herunter, oder erzeugen Sie es mit llama-quantize --allow-requantize.</translation>
    </message>
    <message>
        <source>{0} uses the number format {1}, which llama.cpp has dropped; download the model in another one, such as Q4_0 or Q8_0.</source>
        <translation>{0} verwendet das Zahlenformat {1}, das llama.cpp aufgegeben hat; laden Sie das Modell in einem anderen herunter, etwa Q4_0 oder Q8_0.</translation>
    </message>
    <message>
        <source>{0} uses the number format {1}, which transformers does not read in this architecture; download the model in another one such as Q8_0.</source>
        <translation>{0} verwendet das Zahlenformat {1}, das transformers in dieser Architektur nicht liest; laden Sie das Modell in einem anderen wie Q8_0 herunter.</translation>
    </message>
    <message>
        <source>{0} uses the unknown number format {1!r} (tensor {2!r}); download the model in another one, such as BF16.</source>
        <translation>{0} verwendet das unbekannte Zahlenformat {1!r} (Tensor {2!r}); laden Sie das Modell in einem anderen, etwa BF16.</translation>
    </message>
    <message>
        <source>{0} was damaged, so {1}; the damaged file is kept as {2}.</source>
        <translation>{0} war beschädigt; {1}. Die beschädigte Datei bleibt als {2} erhalten.</translation>
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
        <source>{0} was written by a newer LayerSwarm (format {1}); it opens read-only here - update LayerSwarm to change it.</source>
        <translation>{0} wurde von einem neueren LayerSwarm geschrieben (Format {1}) und wird hier nur zum Lesen geöffnet; aktualisieren Sie LayerSwarm, um es zu ändern.</translation>
    </message>
    <message>
        <source>{0} weights belong to one removal set; leave out the numbers of layers, or the variant.</source>
        <translation>Gewichte dieser Art ({0}) gehören zu einer bestimmten Entfernungsmenge; lassen Sie die Anzahlen der Schichten weg, oder die Variante.</translation>
    </message>
    <message>
        <source>{0} where {1} were expected</source>
        <translation>{0}, erwartet waren {1}</translation>
    </message>
    <message>
        <source>{0} windows</source>
        <translation>{0} Fenster</translation>
    </message>
    <message>
        <source>{0} without its factors</source>
        <translation>{0} ohne seine Faktoren</translation>
    </message>
    <message>
        <source>{0} without the layers {1} would not load as {2}: {3}.</source>
        <translation>{0} ohne die Schichten {1} ließe sich nicht als {2} laden: {3}.</translation>
    </message>
    <message>
        <source>{0} without these layers cannot be exported: {1}.</source>
        <translation>{0} ohne diese Schichten lässt sich nicht exportieren: {1}.</translation>
    </message>
    <message>
        <source>{0} words do not hold {1} codes of {2} bits</source>
        <translation>{0} Wörter fassen nicht {1} Codes von {2} Bit</translation>
    </message>
    <message>
        <source>{0} would have the shape {1} where {2} is expected</source>
        <translation>{0} hätte die Form {1}, erwartet ist {2}</translation>
    </message>
    <message>
        <source>{0} {1} instead of {2}</source>
        <translation>{0} {1} statt {2}</translation>
    </message>
    <message>
        <source>{0} {1} the tensor {2} that its metadata require ({3:,} of {4:,} numbers); download or convert it again.</source>
        <translation>{0} {1} den Tensor {2}, den die Metadaten verlangen ({3:,} von {4:,} Zahlen); laden Sie die Datei neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>{0} {1} {2}.{3}, and {4}; download or convert the model again.</source>
        <translation>{0} {1} {2}.{3}, und {4}; laden Sie das Modell neu herunter, oder wandeln Sie es neu um.</translation>
    </message>
    <message>
        <source>{0} {1}, so the model in it cannot be built; download or convert it again.</source>
        <translation>{0} {1}; das Modell darin lässt sich darum nicht bauen. Laden Sie die Datei neu herunter, oder wandeln Sie sie neu um.</translation>
    </message>
    <message>
        <source>{0} {1}, such as {2}; download or convert it again.</source>
        <translation>{0} {1}, etwa {2}; laden Sie die Datei neu herunter, oder wandeln Sie sie neu um.</translation>
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
        <source>{0}, and {1} more</source>
        <translation>{0} und {1} weitere</translation>
    </message>
    <message>
        <source>{0}, line {1}</source>
        <translation>{0}, Zeile {1}</translation>
    </message>
    <message>
        <source>{0}, measured on a busy computer</source>
        <translation>{0}, gemessen auf einem beschäftigten Rechner</translation>
    </message>
    <message>
        <source>{0}, row {1}</source>
        <translation>{0}, Eintrag {1}</translation>
    </message>
    <message>
        <source>{0}, which cannot be used: {1}</source>
        <translation>{0}; dieses ist nicht verwendbar: {1}</translation>
    </message>
    <message>
        <source>{0}, which is not complete in the Hub&apos;s cache and cannot be downloaded now; connect this computer, or {1}.</source>
        <translation>{0}; dieses ist nicht vollständig im Cache des Hubs und lässt sich gerade nicht herunterladen. Verbinden Sie diesen Computer, oder {1}.</translation>
    </message>
    <message>
        <source>{0}, which is not on this computer; {1}.</source>
        <translation>{0}; dieses ist nicht auf diesem Computer. Abhilfe: {1}.</translation>
    </message>
    <message>
        <source>{0}.source is &apos;dataset&apos; but {0}.dataset is empty; name the Hub data set.</source>
        <translation>{0}.source ist „dataset“, aber {0}.dataset ist leer; nennen Sie den Datensatz auf dem Hub.</translation>
    </message>
    <message>
        <source>{0}.source is &apos;file&apos; but {0}.path is empty; name the text file.</source>
        <translation>{0}.source ist „file“, aber {0}.path ist leer; nennen Sie die Textdatei.</translation>
    </message>
    <message>
        <source>{0}: a row must be a JSON object with named fields, and this is {1}.</source>
        <translation>{0}: Eine Zeile muss ein JSON-Objekt mit benannten Feldern sein, diese ist {1}.</translation>
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
        <source>{0}: it is not of the form that the task expects ({1}).</source>
        <translation>{0}: Sie hat nicht die Form, die die Aufgabe erwartet ({1}).</translation>
    </message>
    <message>
        <source>{0}: loading</source>
        <translation>{0}: lädt</translation>
    </message>
    <message>
        <source>{0}: the JSON is nested too deeply, or a number in it has too many digits.</source>
        <translation>{0}: Das JSON ist zu tief geschachtelt, oder eine Zahl darin hat zu viele Ziffern.</translation>
    </message>
    <message>
        <source>{0}: there are {1} columns; {2} are needed: {3}.</source>
        <translation>{0}: Es gibt {1} Spalten; nötig sind {2}: {3}.</translation>
    </message>
    <message>
        <source>{0}: this is not JSON ({1}, {2}); a benchmark file has a JSON object in each line, or one array of them.</source>
        <translation>{0}: Das ist kein JSON ({1}, {2}); eine Benchmark-Datei hat in jeder Zeile ein JSON-Objekt, oder eine Liste davon.</translation>
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
        <source>{0}: {1}; its fields are: {2}.</source>
        <translation>{0}: {1}; die Felder sind: {2}.</translation>
    </message>
    <message>
        <source>{0}; web pages and instructions are used instead.</source>
        <translation>{0}; stattdessen dienen Webseiten und Anweisungen.</translation>
    </message>
    <message>
        <source>{1} is damaged: {0} line cannot be used and was skipped, the first one is line {2:,}; results in it are missing here.</source>
        <translation>{1} ist beschädigt: {0} Zeile ist nicht verwendbar und wurde übersprungen, die erste ist Zeile {2:,}; ihre Ergebnisse fehlen hier.</translation>
    </message>
    <message>
        <source>{1} is damaged: {0} lines cannot be used and were skipped, the first one is line {2:,}; results in them are missing here.</source>
        <translation>{1} ist beschädigt: {0} Zeilen sind nicht verwendbar und wurden übersprungen, die erste ist Zeile {2:,}; ihre Ergebnisse fehlen hier.</translation>
    </message>
    <message>
        <source>{1} is not loaded by transformers; exports leave it out.</source>
        <translation>{1} lädt transformers nicht; Exporte lassen es weg.</translation>
    </message>
    <message>
        <source>{1} is not part of the language model; exports keep it unchanged, but not as counted parameters.</source>
        <translation>{1} gehört nicht zum Sprachmodell; Exporte behalten es unverändert, zählen es aber nicht als Parameter.</translation>
    </message>
    <message>
        <source>×</source>
        <translation>×</translation>
    </message>
</context>
</TS>
