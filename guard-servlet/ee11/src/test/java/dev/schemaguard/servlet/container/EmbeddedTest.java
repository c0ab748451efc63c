// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.IncompatibleSchemaException;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import javax.tools.ToolProvider;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/servlet.md shows for containers that an application starts itself. */
class EmbeddedTest {

  private static final String FRAME =
      """
      import dev.schemaguard.servlet.*;
      import jakarta.servlet.*;
      import jakarta.servlet.http.*;
      import java.io.*;
      import java.util.*;
      import javax.sql.*;

      public class Example {
        public static void guard(%s context, DataSource dataSource) {
          %s
        }
      }
      """;

  @TempDir Path folder;
  private final TestDatabase database = H2.database();
  private final DataSource dataSource = database.dataSource();

  @BeforeEach
  void bundle() throws Exception {
    Path files = Files.createDirectories(folder.resolve("schema-guard"));
    for (String name : new String[] {"compatibility.md", "revisions.txt"}) {
      Files.writeString(files.resolve(name), WebApp.resource(name));
    }
  }

  @Test
  void tomcatStartsOnItsSchema() throws Exception {
    Statewave.update(dataSource, 12);
    Tomcat tomcat = tomcat();
    try {
      assertThat(get("/readyz", tomcat.getConnector().getLocalPort())).contains("UP_TO_DATE");
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @Test
  void tomcatItselfStartsWhereTheContextFails() throws Exception {
    Tomcat tomcat = tomcat();
    try {
      assertThat(((Context) tomcat.getHost().findChildren()[0]).getState().isAvailable()).isFalse();
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @Test
  void jettyStartsOnItsSchema() throws Exception {
    Statewave.update(dataSource, 12);
    Server server = jetty();
    server.start();
    try {
      int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
      assertThat(get("/readyz", port)).contains("UP_TO_DATE");
    } finally {
      server.stop();
    }
  }

  @Test
  void jettyItselfRefuses() throws Exception {
    Server server = jetty();
    try {
      assertThatThrownBy(server::start).isInstanceOf(IncompatibleSchemaException.class);
    } finally {
      server.stop();
    }
  }

  @Test
  void theHookOfTheGuideCompiles() throws Exception {
    String hook = Guide.example("java", "implements Access").replace("public final class", "class");
    try (URLClassLoader loader = compile(FRAME.formatted("Object", "").concat(hook))) {
      assertThat(loader.loadClass("OpsOnly")).isNotNull();
    }
  }

  private Tomcat tomcat() throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    Context context = tomcat.addContext("", null);
    context.setParentClassLoader(run(Context.class, context, "// Tomcat"));
    tomcat.start();
    return tomcat;
  }

  private Server jetty() throws Exception {
    String example = Guide.example("java", "// Jetty");
    String type = example.lines().findFirst().orElseThrow().replaceFirst("// Jetty: ", "");
    Class<?> handler = handler(type);
    Handler context = (Handler) handler.getConstructor().newInstance();
    ClassLoader loader = run(handler, context, "// Jetty");
    handler.getMethod("setClassLoader", ClassLoader.class).invoke(context, loader);
    Server server = new Server(0);
    server.setHandler(context);
    return server;
  }

  private static Class<?> handler(String type) throws ClassNotFoundException {
    try {
      return Class.forName(type);
    } catch (ClassNotFoundException e) {
      return Class.forName(type.replace("ee11", "ee10"));
    }
  }

  /** Runs an example, and gives the class loader of the application that it is in. */
  private ClassLoader run(Class<?> type, Object context, String example) throws Exception {
    URLClassLoader loader =
        compile(FRAME.formatted(type.getName(), Guide.example("java", example)));
    try {
      loader
          .loadClass("Example")
          .getMethod("guard", type, DataSource.class)
          .invoke(null, context, dataSource);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
    return loader;
  }

  private URLClassLoader compile(String code) throws Exception {
    Path source = Files.writeString(folder.resolve("Example.java"), code);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    int failures =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                folder.toString(),
                source.toString());
    assertThat(failures).isZero();
    return new URLClassLoader(
        new URL[] {new File(folder.toString()).toURI().toURL()},
        EmbeddedTest.class.getClassLoader());
  }

  private static String get(String path, int port) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
            BodyHandlers.ofString())
        .body();
  }
}
