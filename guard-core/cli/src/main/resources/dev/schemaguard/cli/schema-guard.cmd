@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Starts schema-guard-cli.jar, which is in the same folder, with the class archive beside it, if that fits this JVM.
rem The JVM is that of JAVA_HOME, or else the first java in PATH. SCHEMA_GUARD_JAVA_OPTS and JAVA_OPTS hold options
rem for it, separated by blanks.
setlocal DisableDelayedExpansion
set "SG_JAVA=java"
if not defined JAVA_HOME goto found
set "SG_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%SG_JAVA%" goto found
>&2 echo schema-guard: JAVA_HOME contains no bin\java.exe. Correct it, or unset it.
exit /b 2
:found
if exist "%~dp0schema-guard-cli.jar" goto jar
>&2 echo schema-guard: there is no schema-guard-cli.jar beside this program. Put it there.
exit /b 2
:jar
set "SG_ARCHIVE="
if exist "%~dp0schema-guard-cli.jsa" set SG_ARCHIVE=-Xshare:auto -Xlog:disable "-XX:SharedArchiveFile=%~dp0schema-guard-cli.jsa"
"%SG_JAVA%" -XX:TieredStopAtLevel=1 %SG_ARCHIVE% %JAVA_OPTS% %SCHEMA_GUARD_JAVA_OPTS% -jar "%~dp0schema-guard-cli.jar" %*
exit /b %ERRORLEVEL%
