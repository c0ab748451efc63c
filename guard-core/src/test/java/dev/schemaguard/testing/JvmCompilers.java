// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The compilers of Java, Kotlin and Groovy, for classes that extend Flyway's. Those of Kotlin and
 * Groovy are not on the class path; the build lays their jars below target.
 */
public final class JvmCompilers {

  private static final URLClassLoader KOTLIN = loader("kotlin");
  private static final URLClassLoader GROOVY = loader("groovy");

  private JvmCompilers() {}

  /** The class path of the tests, with what compiled Kotlin and Groovy need at run time. */
  public static ClassLoader libraries() {
    URL kotlin = url(Path.of(jar("kotlin", "kotlin-stdlib-")));
    return new URLClassLoader(new URL[] {kotlin}, GROOVY);
  }

  /** Compiles all sources of Java below a directory. */
  public static void java(Path sources, Path classes) {
    List<String> arguments =
        new ArrayList<>(List.of("-nowarn", "-d", made(classes), "-cp", flyway()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, System.err, System.err, arguments.toArray(String[]::new));
    requireZero(exit, sources);
  }

  /** Compiles all sources of Kotlin below a directory. */
  public static void kotlin(Path sources, Path classes) throws ReflectiveOperationException {
    String[] arguments = {
      "-no-stdlib",
      "-nowarn",
      "-jvm-target",
      "17",
      "-d",
      made(classes),
      "-cp",
      flyway() + File.pathSeparator + jar("kotlin", "kotlin-stdlib-"),
      sources.toString()
    };
    Class<?> compiler = KOTLIN.loadClass("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
    Object code =
        compiler
            .getMethod("exec", PrintStream.class, String[].class)
            .invoke(compiler.getConstructor().newInstance(), System.err, arguments);
    requireZero((int) code.getClass().getMethod("getCode").invoke(code), sources);
  }

  /** Compiles all sources of Groovy below a directory. */
  public static void groovy(Path sources, Path classes) throws ReflectiveOperationException {
    List<String> arguments = new ArrayList<>(List.of("-d", made(classes), "-cp", flyway()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".groovy")).forEach(arguments::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // What the compiler itself looks for, it looks for there.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(GROOVY);
    try {
      GROOVY
          .loadClass("org.codehaus.groovy.tools.FileSystemCompiler")
          .getMethod("commandLineCompile", String[].class)
          .invoke(null, (Object) arguments.toArray(String[]::new));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void requireZero(int exit, Path sources) {
    if (exit != 0) {
      throw new IllegalStateException(sources + " does not compile");
    }
  }

  private static String made(Path classes) {
    try {
      return Files.createDirectories(classes).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String flyway() {
    return Path.of(
            java.net.URI.create(
                JavaMigration.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private static String jar(String folder, String start) {
    return jars(folder).stream()
        .filter(jar -> jar.getFileName().toString().startsWith(start))
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private static List<Path> jars(String folder) {
    try (Stream<Path> jars = Files.list(Path.of("target", "releases", folder))) {
      return jars.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URLClassLoader loader(String folder) {
    return new URLClassLoader(
        jars(folder).stream().map(JvmCompilers::url).toArray(URL[]::new),
        JvmCompilers.class.getClassLoader());
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
