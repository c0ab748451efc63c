// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A program that prints its process, its arguments and its standard input; exit code 7. */
final class PrintedArguments {

  private PrintedArguments() {}

  /** Prints one argument per line, in brackets. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(ProcessHandle.current().pid());
    for (String argument : arguments) {
      out.println("[" + argument + "]");
    }
    out.println(System.getProperty("some", "nothing") + " " + System.getProperty("other"));
    out.println("{" + new String(System.in.readAllBytes(), StandardCharsets.UTF_8) + "}");
    System.exit(7);
  }

  /** Writes this program as an executable jar. */
  static void writeTo(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, PrintedArguments.class.getName());
    String file = PrintedArguments.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.putNextEntry(new JarEntry(file));
      entries.write(
          PrintedArguments.class.getClassLoader().getResourceAsStream(file).readAllBytes());
      entries.closeEntry();
    }
  }
}
