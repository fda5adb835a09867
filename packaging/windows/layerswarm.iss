; The installer for Windows, by Inno Setup 6 (https://jrsoftware.org/ishelp/). packaging/app/make.py runs it:
;   iscc /DVersion=0.1.0 /DFolder=PATH\layerswarm /ODIST /FNAME layerswarm.iss
; Written, and not run by the developers so far: see .github/workflows/packages.yml.
[Setup]
AppId={{5C0D6C1E-6C57-4C2B-9E4B-0B2B8E1D8F3A}
AppName=LayerSwarm
AppVersion={#Version}
AppPublisher=The LayerSwarm developers
DefaultDirName={autopf}\LayerSwarm
DefaultGroupName=LayerSwarm
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
; An account without administrator's rights installs for itself.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes
ChangesEnvironment=yes
UninstallDisplayIcon={app}\LayerSwarmWindow.exe
WizardStyle=modern

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "german"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "Add the layerswarm command to the PATH"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\LayerSwarm"; Filename: "{app}\LayerSwarmWindow.exe"
Name: "{autodesktop}\LayerSwarm"; Filename: "{app}\LayerSwarmWindow.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.layerswarm"; ValueType: string; ValueData: "LayerSwarm.Project"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\LayerSwarm.Project"; ValueType: string; ValueData: "LayerSwarm project"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\LayerSwarm.Project\DefaultIcon"; ValueType: string; ValueData: "{app}\LayerSwarmWindow.exe,0"
Root: HKA; Subkey: "Software\Classes\LayerSwarm.Project\shell\open\command"; ValueType: string; ValueData: """{app}\LayerSwarmWindow.exe"" ""%1"""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NeedsPath

[Run]
Filename: "{app}\LayerSwarmWindow.exe"; Description: "{cm:LaunchProgram,LayerSwarm}"; Flags: nowait postinstall skipifsilent

[Code]
function PathWith(): string;
begin
  if not RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Result) then
    Result := '';
end;

function NeedsPath(): Boolean;
begin
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(PathWith()) + ';') = 0;
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Before, After: string;
begin
  if Step <> usPostUninstall then
    exit;
  Before := PathWith();
  After := Before;
  StringChangeEx(After, ';' + ExpandConstant('{app}'), '', True);
  if After <> Before then
    RegWriteExpandStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', After);
end;
