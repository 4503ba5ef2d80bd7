$started = [DateTimeOffset]::UtcNow # the clock of Rollback starts here
# Starts the build program: ./build.ps1 [targets] [options]; ./build.ps1 --help lists both.
#
# PowerShell's own start outweighs what a stamp would save, so the sources are hashed by content each
# time. The rest is build.sh's, with the same hash, lock and outputs: what is meant, is said there.
#Requires -Version 7.3
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$culture = [Globalization.CultureInfo]::InvariantCulture
$root = $PSScriptRoot
$temp = Join-Path $root '.nuke/temp'
$store = Join-Path $temp 'program'
$log = Join-Path $store 'build.log'
$env:NUKE_STARTED = ($started.ToUnixTimeMilliseconds() / 1000.0).ToString('F3', $culture)
$env:NUKE_ROOT = $root
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

# PowerShell splits an argument such as -a:b; the command line itself still has it whole.
$arguments = [string[]]$args
if (-not $MyInvocation.Line) {
    $line = [Environment]::GetCommandLineArgs()
    for ($i = 1; $i -lt $line.Count; $i++) {
        if ($line[$i] -and [IO.Path]::GetFullPath($line[$i]) -eq $PSCommandPath) {
            $arguments = [string[]]@($line | Select-Object -Skip ($i + 1))
            break
        }
    }
}

function Say([string] $text) { [Console]::Error.WriteLine($text) }
# Ends the script with an exit code; the message may be empty.
function Stop-With([int] $code, [string] $text) { throw [OperationCanceledException]::new("$code $text") }
function Write-Whole([string] $path, [string] $text) {
    [IO.File]::WriteAllText("$path.$PID", $text)
    [IO.File]::Move("$path.$PID", $path, $true)
}
function Read-Lines([string] $path) {
    $lines = [IO.File]::Exists($path) ? [IO.File]::ReadAllLines($path) : [string[]]@()
    , $lines
}
function Remove-Quietly([string[]] $patterns) {
    Remove-Item -Path $patterns -Recurse -Force -ErrorAction Ignore
}

# ---- what the program is made of

function Get-RootFiles {
    $names = [string[]]@([IO.DirectoryInfo]::new($root).EnumerateFiles() | ForEach-Object Name)
    $eng = Join-Path $root 'eng'
    if ([IO.Directory]::Exists($eng)) {
        $names += [IO.DirectoryInfo]::new($eng).EnumerateFiles('BannedSymbols*') | ForEach-Object { "eng/$($_.Name)" }
    }
    [Array]::Sort($names, [StringComparer]::Ordinal)
    foreach ($pattern in '^Directory\..*\.props$', '^Directory\..*\.targets$', '^global\.json$', '^\.editorconfig$',
        '^[Nn]u[Gg]et\.[Cc]onfig$', '^eng/', '^build\.sh$', '^build\.ps1$') {
        $names -cmatch $pattern
    }
}

function Get-FolderFiles([string] $folder) {
    foreach ($entry in [IO.DirectoryInfo]::new((Join-Path $root $folder)).EnumerateFileSystemInfos()) {
        if ($entry.Attributes.HasFlag([IO.FileAttributes]::ReparsePoint)) { continue }
        if ($entry -is [IO.DirectoryInfo]) {
            if ($entry.Name -cnotin 'TheaIA.Api', 'bin', 'obj') { Get-FolderFiles "$folder/$($entry.Name)" }
        }
        elseif ($entry.Name -cmatch '\.(cs|csproj|proj|props|targets|json|editorconfig|txt|sh)$') { "$folder/$($entry.Name)" }
    }
}

function Get-Sha256([byte[]] $bytes) {
    [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes)).ToLowerInvariant()
}

function Get-Manifest {
    $paths = [string[]]@(@(Get-RootFiles) + @('build', 'src' | Where-Object { [IO.Directory]::Exists((Join-Path $root $_)) } | ForEach-Object { Get-FolderFiles $_ }))
    [Array]::Sort($paths, [StringComparer]::Ordinal)
    foreach ($path in $paths) { "$(Get-Sha256 ([IO.File]::ReadAllBytes((Join-Path $root $path))))  $path" }
}

function Get-Hash([string[]] $manifest) {
    (Get-Sha256 ([Text.Encoding]::UTF8.GetBytes(($manifest -join "`n") + "`n"))).Substring(0, 16)
}

function Test-Program([string] $hash) { $hash -and [IO.File]::Exists((Join-Path $store "$hash/stamp")) }

# ---- the SDK

$exe = $IsWindows ? 'dotnet.exe' : 'dotnet'
$onPath = $env:PATH -split [IO.Path]::PathSeparator | Where-Object { $_ } | ForEach-Object { Join-Path $_ $exe } |
    Where-Object { [IO.File]::Exists($_) } | Select-Object -First 1
$nearest = $onPath
if ($env:DOTNET_ROOT -and [IO.File]::Exists((Join-Path $env:DOTNET_ROOT $exe))) { $nearest = Join-Path $env:DOTNET_ROOT $exe }

$wanted = ''
if ([IO.File]::Exists((Join-Path $root 'global.json')) -and
    [IO.File]::ReadAllText((Join-Path $root 'global.json')) -match '"version"\s*:\s*"([^"]+)"') { $wanted = $Matches[1] }
$noSdk = 'There is no .NET SDK here' + ($wanted ? " (global.json wants $wanted or newer)" : '')
$install = 'install it from https://dotnet.microsoft.com/download, or put dotnet on PATH.'

function Start-Quietly([string] $program, [string[]] $with) {
    $info = [Diagnostics.ProcessStartInfo]::new($program)
    $info.WorkingDirectory = $root
    foreach ($argument in $with) { $info.ArgumentList.Add($argument) }
    foreach ($name in 'MSBuildSDKsPath', 'MSBuildExtensionsPath', 'MSBUILD_EXE_PATH', 'MSBuildLoadMicrosoftTargetsReadOnly') {
        [void]$info.Environment.Remove($name)
    }
    $info.Environment['DOTNET_CLI_UI_LANGUAGE'] = 'en'
    $info.Environment['DOTNET_TieredPGO'] = '0'
    $info.Environment['TERM'] = 'dumb'
    $info.RedirectStandardInput = $info.RedirectStandardOutput = $info.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($info)
    $process.StandardInput.Close()
    $process
}

function Test-Late { $script:wayBack -and ([DateTimeOffset]::UtcNow - $started).TotalSeconds -ge 40 }

# Runs a program; one line tells that and how long. A line that passes is for a terminal only.
# Gives its exit code and output; 124 when it took too long.
function Invoke-Attended([string] $words, [bool] $stays, [string] $program, [string[]] $with) {
    $terminal = -not [Console]::IsErrorRedirected
    $clock = [Diagnostics.Stopwatch]::StartNew()
    if ($stays -and -not $terminal) { [Console]::Error.Write("$words ") }
    $process = Start-Quietly $program $with
    $code = $null
    try {
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        $drawn = -1
        while (-not $process.HasExited) {
            if (Test-Late) { $code = 124; break }
            if ($terminal -and $drawn -ne [int][Math]::Floor($clock.Elapsed.TotalSeconds)) {
                $drawn = [int][Math]::Floor($clock.Elapsed.TotalSeconds)
                [Console]::Error.Write("`r$words $drawn s")
            }
            Start-Sleep -Milliseconds 50
        }
    }
    finally {
        if (-not $process.HasExited) { $process.Kill($true) }
        $process.WaitForExit()
        if ($stays) { Say ($terminal ? '' : "$([Math]::Floor($clock.Elapsed.TotalSeconds)) s") }
        elseif ($terminal) { [Console]::Error.Write("`r$(' ' * ($words.Length + 8))`r") }
    }
    $text = $output.GetAwaiter().GetResult() + $errors.GetAwaiter().GetResult()
    [IO.File]::WriteAllText($log, $text)
    @{ Code = $code ?? $process.ExitCode; Lines = $text -split '\r?\n' }
}

# The first that serves; whether an SDK does, dotnet says from global.json.
function Find-Dotnet([string] $what) {
    foreach ($candidate in @($nearest, $onPath, (Join-Path $HOME ".dotnet/$exe"), (Join-Path $temp "dotnet/$exe"))) {
        if (-not $candidate -or -not [IO.File]::Exists($candidate)) { continue }
        foreach ($question in '--version', '--list-runtimes') {
            if ($question -eq '--list-runtimes' -and $what -ne 'runtime') { continue }
            $process = Start-Quietly $candidate @($question)
            $errors = $process.StandardError.ReadToEndAsync()
            $answer = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()
            [void]$errors.GetAwaiter().GetResult()
            if ($process.ExitCode -eq 0 -and ($question -eq '--version' -or $answer -match '(?m)^Microsoft\.NETCore\.App 10\.')) { return $candidate }
        }
    }
}

function Install-Sdk {
    $kind = $IsWindows ? 'ps1' : 'sh'
    $file = Join-Path $temp "dotnet-install.$PID.$kind"
    $into = Join-Path $temp "dotnet.$PID"
    try { Invoke-WebRequest "https://dot.net/v1/dotnet-install.$kind" -OutFile $file -TimeoutSec 60 -ConnectionTimeoutSeconds 10 *> $null }
    catch { return }
    $which = $wanted ? @('--jsonfile', (Join-Path $root 'global.json')) : @('--channel', '10.0')
    $with = @($file) + $which + @('--install-dir', $into, '--no-path')
    $with = $IsWindows ? @('-NoProfile', '-File') + ($with -replace '^--install-dir$', '-InstallDir' -replace '^--no-path$', '-NoPath' -replace '^--jsonfile$', '-JSonFile' -replace '^--channel$', '-Channel') : $with
    $done = Invoke-Attended "Installing the .NET SDK $wanted into .nuke/temp/dotnet..." $true ($IsWindows ? [Environment]::ProcessPath : 'bash') $with
    if ($done.Code -ne 0 -or -not [IO.File]::Exists((Join-Path $into $exe))) { return }
    Remove-Quietly (Join-Path $temp 'dotnet')
    [IO.Directory]::Move($into, (Join-Path $temp 'dotnet'))
    Find-Dotnet sdk
}

# ---- the program

# Runs the program to its end. A process of its own, so that Ctrl-C lets it end its targets.
function Invoke-Program([string] $hash, [string] $dotnet) {
    if ($script:held) { $script:held.Dispose(); $script:held = $null }
    if ($script:folderLock) { Remove-Quietly $script:folderLock; $script:folderLock = $null }
    $env:NUKE_PROGRAM = $hash
    if ($dotnet -ne $onPath) {
        $env:DOTNET_ROOT = Split-Path $dotnet
        $env:PATH = $env:DOTNET_ROOT + [IO.Path]::PathSeparator + $env:PATH
    }
    $info = [Diagnostics.ProcessStartInfo]::new($dotnet)
    $info.WorkingDirectory = (Get-Location -PSProvider FileSystem).ProviderPath
    $info.ArgumentList.Add((Join-Path $store "$hash/_build.dll"))
    foreach ($argument in $arguments) { $info.ArgumentList.Add($argument) }
    $process = [Diagnostics.Process]::Start($info)
    $process.WaitForExit()
    Stop-With $process.ExitCode ''
}

function Get-LastGood {
    $current = Read-Lines (Join-Path $store 'current')
    if ($current.Count -and (Test-Program $current[0])) { $current[0] }
}

function Test-WayBack {
    $target = $arguments.Count ? $arguments[0] : ''
    if ($target.StartsWith('-')) {
        $target = ''
        for ($i = 0; $i -lt $arguments.Count; $i++) {
            if ($arguments[$i] -ceq '--target' -and $i + 1 -lt $arguments.Count) { $target = $arguments[$i + 1]; break }
            if ($arguments[$i] -clike '--target=*') { $target = $arguments[$i].Substring(9); break }
        }
    }
    ($target -split '\+')[0].Replace('-', '') -in 'Rollback', 'Recover', 'Status', 'Logs', 'Unhold', 'Stop'
}

# The way back: on the last good program, and why.
function Invoke-Older([string] $why) {
    $at = [DateTimeOffset]::FromUnixTimeSeconds([long](Read-Lines (Join-Path $store "$good/built"))[0]).ToLocalTime()
    $at = $at.ToString(($at.Date -eq [DateTimeOffset]::Now.Date ? 'HH:mm' : 'd MMM HH:mm'), $culture)
    $runtime = $script:dotnet ? $script:dotnet : (Find-Dotnet runtime)
    if (-not $runtime) { Stop-With 2 "$why, and there is no .NET runtime here for the build program of ${at}: $install" }
    Say "$why; this runs on the build program of $at."
    Invoke-Program $good $runtime
}

function Enter-Lock {
    $wait = $false
    while (-not (Test-Lock)) {
        if (-not $wait) { Say 'Another run makes the build program here: waiting for it...'; $wait = $true }
        if (Test-Late) { Invoke-Older 'Another run has been making the build program for 40 s' }
        Start-Sleep -Milliseconds 200
    }
}

# FileShare.None is what flock(1) takes in build.sh; where it has no flock, it takes a folder.
function Test-Lock {
    if (-not $script:held) {
        try { $script:held = [IO.FileStream]::new((Join-Path $store 'lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] { return $false }
    }
    if (Get-Command flock -CommandType Application -ErrorAction Ignore) { return $true }
    $folder = Join-Path $store 'lock.d'
    $mine = Join-Path $store "lock.$PID"
    [void][IO.Directory]::CreateDirectory($mine)
    [IO.File]::WriteAllText((Join-Path $mine 'pid'), "$PID`n")
    try { [IO.Directory]::Move($mine, $folder); $script:folderLock = $folder; return $true } catch [IO.IOException] { }
    Remove-Quietly $mine
    $holder = Read-Lines (Join-Path $folder 'pid')
    if (-not $holder.Count) { Start-Sleep 1; $holder = Read-Lines (Join-Path $folder 'pid') }
    if (-not $holder.Count -or -not (Get-Process -Id $holder[0] -ErrorAction Ignore)) {
        try { [IO.Directory]::Move($folder, $mine); Remove-Quietly $mine } catch [IO.IOException] { }
    }
    $false
}

# The compiler's intermediate files serve again only when MSBuild, which goes by mtime, sees all that
# changed: each input that differs is newer than the end of the last build.
function Get-Obj([string[]] $manifest) {
    $obj = $null
    $parent = Join-Path $temp 'program-obj'
    [void][IO.Directory]::CreateDirectory($parent)
    foreach ($folder in [IO.Directory]::GetDirectories($parent)) {
        $finished = Join-Path $folder 'finished'
        $at = Read-Lines $finished
        if (-not $at.Count -or $at[0] -cne $root) { continue }
        $end = [IO.File]::GetLastWriteTimeUtc($finished)
        $obj = $folder
        $differs = [Collections.Generic.HashSet[string]]::new([string[]](Read-Lines (Join-Path $folder 'manifest')), [StringComparer]::Ordinal)
        $differs.SymmetricExceptWith($manifest)
        foreach ($line in $differs) {
            if ([IO.File]::GetLastWriteTimeUtc((Join-Path $root $line.Substring(66))) -le $end) { $obj = $null }
        }
    }
    foreach ($folder in [IO.Directory]::GetDirectories($parent)) { if ($folder -ne $obj) { Remove-Quietly $folder } }
    $obj ??= Join-Path $parent "$PID"
    [void][IO.Directory]::CreateDirectory($obj)
    Remove-Quietly (Join-Path $obj 'finished'), (Join-Path $obj 'result')
    [IO.File]::WriteAllText((Join-Path $obj 'manifest'), ($manifest -join "`n") + "`n")
    $obj
}

# The compilers' server, by the name that it listens to.
function Stop-Server {
    Get-Process VBCSCompiler -ErrorAction Ignore | Where-Object { "$($_.CommandLine)".Contains("-pipename:$server") } | Stop-Process -Force
    if (-not $IsWindows) { Remove-Quietly "/tmp/$server" }
}

# Makes the program of a manifest, whole; or gives what the compiler said.
function Invoke-Make([string[]] $manifest, [string] $hash) {
    $first = -not [IO.File]::Exists((Join-Path $store 'current'))
    $script:obj = Get-Obj $manifest
    $new = Join-Path $store "new.$PID"
    Remove-Quietly $new
    $done = Invoke-Attended ($first ? 'Building the build program (first run here)...' : 'Building the build program...') $first $script:dotnet @(
        'publish', 'build/_build.csproj', '-c', 'Release', '-o', $new, '--artifacts-path', $script:obj
        '-v', 'q', '-nologo', '-tl:off', '-clp:NoSummary', '-nodeReuse:false', '-p:UseSharedCompilation=true', "-p:SharedCompilationId=$server", '-p:RunAnalyzers=false'
        '-getProperty:PublishDir', "-getResultOutputFile:$(Join-Path $script:obj 'result')")
    Stop-Server
    if ((Get-Hash (Get-Manifest)) -cne $hash) { return @{ Code = 'changed' } }
    if ($done.Code -ne 0 -or -not [IO.File]::Exists((Join-Path $script:obj 'result'))) { return $done }
    [IO.File]::WriteAllText((Join-Path $script:obj 'finished'), "$root`n")
    [IO.File]::WriteAllText((Join-Path $new 'built'), "$([DateTimeOffset]::UtcNow.ToUnixTimeSeconds())`n")
    [IO.File]::Move((Join-Path $store "stamp.$PID"), (Join-Path $new 'stamp'))
    Remove-Quietly (Join-Path $store $hash)
    [IO.Directory]::Move($new, (Join-Path $store $hash))
}

function Use-Program([string] $hash) {
    Write-Whole (Join-Path $store 'dotnet') "$nearest`n$script:dotnet`n"
    Write-Whole (Join-Path $store 'current') "$hash`n"
    $running = @(Get-Process | ForEach-Object { $_.CommandLine }) -join "`n"
    [IO.Directory]::GetDirectories($store) | Where-Object { Test-Program (Split-Path $_ -Leaf) } |
        Sort-Object { [IO.File]::GetLastWriteTimeUtc((Join-Path $_ 'stamp')) } -Descending | Select-Object -Skip 3 |
        Where-Object { -not $running.Contains((Split-Path $_ -Leaf)) } |
        ForEach-Object { [IO.Directory]::Move($_, (Join-Path $store "old.$PID")); Remove-Quietly (Join-Path $store "old.$PID") }
    Invoke-Program $hash $script:dotnet
}

# Says why there is no program of these sources; the way back goes on without it.
function Deny($done) {
    $errors = @($done.Lines | Select-Object -Unique | ForEach-Object {
            if ($_ -match '^(.*)\((\d+)(,\d+)*\): error ([A-Za-z]+\d+): (.*)$') { @{ Place = "$($Matches[1]):$($Matches[2])"; Text = "$($Matches[4]): $($Matches[5])" } }
            elseif ($_ -match '^(.*\S) ?: error ([A-Za-z]+\d+): (.*)$') { @{ Place = $Matches[1]; Text = "$($Matches[2]): $($Matches[3])" } }
        })
    foreach ($entry in $errors) {
        if ($entry.Place.StartsWith($root)) { $entry.Place = $entry.Place.Substring($root.Length + 1).Replace('\', '/') }
        $entry.Text = $entry.Text -replace ' \[[^\[]*\]$'
    }
    if (-not $script:wayBack) {
        foreach ($entry in $errors | Select-Object -First 10) { Say "    $($entry.Place): $($entry.Text)" }
        if ($errors.Count -gt 10) { Say "    and $($errors.Count - 10) more" }
    }
    if ($done.Code -eq 124) { Invoke-Older 'The sources here did not compile within 40 s' }
    if (-not $errors.Count) {
        if ($script:wayBack) { Invoke-Older "The sources here cannot be built (dotnet publish ended with exit code $($done.Code))" }
        Stop-With 2 "The build program cannot be built: dotnet publish ended with exit code $($done.Code). Its output: .nuke/temp/program/build.log"
    }
    if ($errors[0].Text -match '^NU(110[0-3]|130\d):') {
        if ($script:wayBack) { Invoke-Older "Packages cannot be had ($($errors[0].Text.TrimEnd('.')))" }
        Stop-With 2 "The build program's packages cannot be had: $($errors[0].Place) needs them. Mend the network or NuGet.config, then run this again."
    }
    [IO.File]::WriteAllText((Join-Path $script:obj 'finished'), "$root`n")
    if ($script:wayBack) { Invoke-Older "The sources here do not compile ($($errors[0].Place))" }
    Stop-With 2 "The build program does not compile: $($errors[0].Place). Mend it, or undo the change: git diff build src"
}

# ---- run

$server = "theaia-$PID-program"
$held = $folderLock = $dotnet = $obj = $null
try {
    $recorded = Read-Lines (Join-Path $store 'dotnet')
    if ($recorded.Count -eq 2 -and $recorded[0] -ceq "$nearest" -and [IO.File]::Exists($recorded[1])) { $dotnet = $recorded[1] }
    $good = Get-LastGood
    $wayBack = $good -and (Test-WayBack)
    if (-not [IO.File]::Exists((Join-Path $root 'build/_build.csproj'))) {
        Stop-With 2 "There is no build program here: $(Join-Path $root 'build/_build.csproj') is missing."
    }
    if ($good -and $dotnet -and (Get-Hash (Get-Manifest)) -ceq $good) { Invoke-Program $good $dotnet }
    try { [void][IO.Directory]::CreateDirectory($store) }
    catch { Stop-With 2 "The build program has no place: $store cannot be written." }
    Enter-Lock
    Remove-Quietly (Join-Path $store 'new.*'), (Join-Path $store 'stamp.*'), (Join-Path $store 'old.*'), (Join-Path $temp 'dotnet.*'), (Join-Path $temp 'dotnet-install.*')
    for ($round = 1; $round -le 5; $round++) {
        [IO.File]::WriteAllText((Join-Path $store "stamp.$PID"), ((Get-RootFiles) -join ' ') + "`n")
        Start-Sleep -Milliseconds 20
        try { $manifest = [string[]]@(Get-Manifest) } catch [IO.IOException] { continue }
        $hash = Get-Hash $manifest
        if (Test-Program $hash) { $dotnet ??= Find-Dotnet runtime }
        if ((Test-Program $hash) -and $dotnet) {
            [IO.File]::Move((Join-Path $store "stamp.$PID"), (Join-Path $store "$hash/stamp"), $true)
            Use-Program $hash
        }
        $dotnet = Find-Dotnet sdk
        if (-not $dotnet) {
            if ($wayBack -and ($dotnet = Find-Dotnet runtime)) { Invoke-Older $noSdk }
            $dotnet = Install-Sdk
            if (-not $dotnet) { Stop-With 2 "$noSdk and it could not be downloaded: $install" }
        }
        $done = Invoke-Make $manifest $hash
        if (-not $done) { Use-Program $hash }
        if ($done.Code -ne 'changed') { Deny $done }
    }
    if ($wayBack) { Invoke-Older 'The sources here change while they are read' }
    Stop-With 2 "The build program's sources change while they are read: run this again when they rest."
}
catch [OperationCanceledException] {
    $code, $text = $_.Exception.Message -split ' ', 2
    if ($text) { Say $text }
    exit [int]$code
}
finally {
    if ($obj) { Stop-Server }
    Remove-Quietly (Join-Path $store "new.$PID"), (Join-Path $store "stamp.$PID"), (Join-Path $temp "dotnet.$PID"), (Join-Path $temp "dotnet-install.$PID.*")
    if ($folderLock) { Remove-Quietly $folderLock }
    if ($held) { $held.Dispose() }
}
