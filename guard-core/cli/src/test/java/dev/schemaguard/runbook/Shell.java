// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real bash in which some names are {@link Program}s of this JVM. What one script exports, the
 * next one has.
 */
final class Shell implements AutoCloseable {

  /** What a script left behind. */
  record Result(int exitCode, String out, String err) {}

  /** Hands the call to the JVM, through bash's own sockets, and repeats the answer. */
  private static final String STUB =
      """
      #!/usr/bin/env bash
      exec 3<>"/dev/tcp/127.0.0.1/$SHELL_PROGRAMS"
      { printf '%s\\0' "${0##*/}" "$PWD" "$#" "$@"; env -0; printf '\\0'; } >&3
      read -r code folder <&3
      cat "$folder/out"
      cat "$folder/err" >&2
      exit "$code"
      """;

  private final Path folder;
  private final Path work;
  private final Map<String, Program> programs;
  private final ServerSocket server;

  /**
   * A shell.
   *
   * @param folder for its own files
   * @param work where it begins
   */
  Shell(Path folder, Path work, Map<String, Program> programs) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.work = work;
    this.programs = programs;
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String name : programs.keySet()) {
      Path stub = Files.writeString(bin.resolve(name), STUB);
      if (!stub.toFile().setExecutable(true)) {
        throw new IOException(stub + " cannot be made executable");
      }
    }
    Files.writeString(folder.resolve("exports"), "");
    server = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread listener = new Thread(this::listen, "shell-programs");
    listener.setDaemon(true);
    listener.start();
  }

  /** Runs a script. */
  Result run(String script) throws IOException, InterruptedException {
    Path file = folder.resolve("script");
    Path exports = folder.resolve("exports");
    Files.writeString(file, "trap 'export -p >" + exports + "' EXIT\n. " + exports + "\n" + script);
    Path out = folder.resolve("script.out");
    Path err = folder.resolve("script.err");
    ProcessBuilder bash = new ProcessBuilder("bash", file.toString()).directory(work.toFile());
    Map<String, String> environment = bash.environment();
    environment
        .keySet()
        .removeIf(name -> name.matches("(?:SCHEMA_GUARD|LIQUIBASE|FLYWAY|PG).*|.*_STRICT_SCHEMA"));
    environment.put("SHELL_PROGRAMS", "" + server.getLocalPort());
    environment.merge("PATH", "", (path, none) -> folder.resolve("bin") + ":" + path);
    Process process = bash.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("still running after three minutes: " + script);
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private void listen() {
    while (!server.isClosed()) {
      try (Socket call = server.accept()) {
        answer(call);
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void answer(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    String name = next(in);
    Path directory = Path.of(next(in));
    List<String> arguments = new ArrayList<>();
    for (int left = Integer.parseInt(next(in)); left > 0; left--) {
      arguments.add(next(in));
    }
    Map<String, String> environment = new HashMap<>();
    for (String entry = next(in); !entry.isEmpty(); entry = next(in)) {
      environment.put(entry.replaceFirst("(?s)=.*", ""), entry.replaceFirst("(?s)^[^=]*=", ""));
    }
    int exitCode = run(name, new Program.Call(directory, arguments, environment));
    socket.getOutputStream().write((exitCode + " " + folder + "\n").getBytes(UTF_8));
  }

  private static String next(InputStream in) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int each = in.read(); each > 0; each = in.read()) {
      text.write(each);
    }
    return text.toString(UTF_8);
  }

  private int run(String name, Program.Call call) throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream toOut = new PrintStream(folder.resolve("out").toString(), UTF_8);
        PrintStream toErr = new PrintStream(folder.resolve("err").toString(), UTF_8)) {
      System.setOut(toOut);
      System.setErr(toErr);
      return programs.get(name).run(call);
    } catch (Exception e) {
      Files.writeString(folder.resolve("err"), e + "\n");
      return 70;
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
