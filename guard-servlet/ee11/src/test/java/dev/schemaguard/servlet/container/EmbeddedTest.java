// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows for containers that an application starts itself. */
class EmbeddedTest {

  private static final String IMPORTS =
      """
      import dev.schemaguard.servlet.*;
      import dev.schemaguard.testing.*;
      import jakarta.servlet.*;
      import jakarta.servlet.http.*;
      import java.io.*;
      import java.net.*;
      import java.util.*;
      import javax.sql.*;
      import org.apache.catalina.Context;
      import org.apache.catalina.startup.Tomcat;
      import org.eclipse.jetty.%s.servlet.ServletContextHandler;
      import org.eclipse.jetty.server.Server;

      """;

  /** An application that is the example, started on its schema and then on an older one. */
  private static final String APPLICATION =
      """
      public class Example {
        public static void main(String[] arguments) throws Exception {
          TestDatabase current = H2.database();
          Statewave.update(current.dataSource(), 12);
          run(current.dataSource());
          TestDatabase old = H2.database();
          Statewave.update(old.dataSource(), 9);
          run(old.dataSource());
          System.exit(0);
        }

        static void run(DataSource dataSource) throws Exception {
          try {
            %s
            int port = %s;
            System.out.println("answer: " + new String(
                new URL("http://localhost:" + port + "/readyz").openStream().readAllBytes()));
          } catch (Exception e) {
            System.out.println("failure: " + e);
          }
        }
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void bundle() throws Exception {
    Path files = Files.createDirectories(folder.resolve("schema-guard"));
    for (String name : new String[] {"compatibility.md", "revisions.txt"}) {
      Files.writeString(files.resolve(name), WebApp.resource(name));
    }
  }

  @Test
  void tomcatStartsOnItsSchemaAndWithoutTheContextOnAnother() throws Exception {
    String output = run("// Tomcat", "tomcat.getConnector().getLocalPort()");

    assertThat(output)
        .containsSubsequence("answer: ", "UP_TO_DATE", "[GUARD-BEHIND]")
        .contains("failure: java.lang.IllegalStateException: the application was refused")
        .doesNotContain("has failed to stop it");
  }

  @Test
  void jettyStartsOnItsSchemaAndRefusesAnother() throws Exception {
    String output =
        run(
            "// Jetty",
            "((org.eclipse.jetty.server.ServerConnector) server.getConnectors()[0]).getLocalPort()");

    assertThat(output)
        .containsSubsequence("answer: ", "UP_TO_DATE")
        .contains(
            "failure: dev.schemaguard.policy.IncompatibleSchemaException: Schema Guard refused");
  }

  @Test
  void theHookOfTheGuideCompiles() throws Exception {
    String hook = Guide.example("java", "implements Access").replace("public final class", "class");
    compile("OpsOnly", hook);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, EmbeddedTest.class.getClassLoader())) {
      assertThat(loader.loadClass("OpsOnly")).isNotNull();
    }
  }

  /** What an application that is an example of the guide writes, on a free port. */
  private String run(String example, String port) throws Exception {
    String code = Guide.example("java", example).replace("8080", "0");
    compile("Example", APPLICATION.formatted(code, port));
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                folder + File.pathSeparator + classPath(),
                "Example")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private void compile(String name, String code) throws Exception {
    Path source = folder.resolve(name + ".java");
    Files.writeString(source, IMPORTS.formatted(generation()) + code);
    int failures =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath(),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(failures).isZero();
  }

  private static String generation() {
    try {
      Class.forName("org.eclipse.jetty.ee11.servlet.ServletContextHandler");
      return "ee11";
    } catch (ClassNotFoundException e) {
      return "ee10";
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
