// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import dev.schemaguard.servlet.SchemaGuardListener;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A web application under construction: a folder with a web.xml, as a container deploys it. */
final class WebApp {

  private final Path folder;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final List<String> listeners = new ArrayList<>();
  private final StringBuilder declarations = new StringBuilder();

  private WebApp(Path folder) {
    this.folder = folder;
  }

  /** The sample application statewave, with its own files and a servlet at {@code /app}. */
  static WebApp statewave(Path folder) {
    return bare(folder)
        .file("WEB-INF/classes/schema-guard/compatibility.md", resource("compatibility.md"))
        .file("WEB-INF/classes/schema-guard/revisions.txt", resource("revisions.txt"));
  }

  /** One without a matrix and a chain. */
  static WebApp bare(Path folder) {
    return new WebApp(folder).servlet(HelloServlet.class, "/app");
  }

  static String resource(String name) {
    return Statewave.resource("statewave/schema-guard/" + name);
  }

  WebApp file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  WebApp file(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets a context parameter. */
  WebApp with(String parameter, String value) {
    parameters.put(parameter, value);
    return this;
  }

  /** The version that most tests run as, 0.6.0: it needs 10 of the 12 changesets. */
  WebApp strict() {
    return with("schema-guard.mode", "strict").with("schema-guard.application-version", "0.6.0");
  }

  /** All pages at their usual places. */
  WebApp pages() {
    return with("schema-guard.pages", "ops, readyz, healthz, version");
  }

  WebApp listener(Class<?> listener) {
    listeners.add(listener.getName());
    return this;
  }

  /** A class that has this name, and nothing more of it. */
  WebApp classNamed(String name) {
    try (InputStream any = WebApp.class.getResourceAsStream("WebApp.class")) {
      return file("WEB-INF/classes/" + name.replace('.', '/') + ".class", any.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A listener that publishes the DataSource, and behind it the guard's. */
  WebApp guarded(DataSource dataSource) {
    return publishing(dataSource).listener(SchemaGuardListener.class);
  }

  WebApp guarded(TestDatabase database) {
    return guarded(database.dataSource());
  }

  /** The listener that publishes a DataSource or a guard. */
  WebApp publishing(Object kept) {
    return with(Publisher.PARAMETER, Publisher.keep(kept)).listener(Publisher.class);
  }

  WebApp servlet(Class<?> servlet, String path) {
    declarations
        .append("<servlet><servlet-name>%s</servlet-name>".formatted(servlet.getSimpleName()))
        .append("<servlet-class>%s</servlet-class></servlet>".formatted(servlet.getName()))
        .append(
            "<servlet-mapping><servlet-name>%s</servlet-name>".formatted(servlet.getSimpleName()))
        .append("<url-pattern>%s</url-pattern></servlet-mapping>%n".formatted(path));
    return this;
  }

  WebApp filter(Class<?> filter) {
    declarations
        .append("<filter><filter-name>%s</filter-name>".formatted(filter.getSimpleName()))
        .append("<filter-class>%s</filter-class></filter>".formatted(filter.getName()))
        .append("<filter-mapping><filter-name>%s</filter-name>".formatted(filter.getSimpleName()))
        .append("<url-pattern>/*</url-pattern></filter-mapping>%n".formatted());
    return this;
  }

  /** Starts it in a container of its own, whether or not the application comes up in it. */
  RunningApp in(Container container) {
    StringBuilder xml = new StringBuilder(1000);
    xml.append("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n");
    parameters.forEach(
        (name, value) ->
            xml.append("<context-param><param-name>%s</param-name>".formatted(name))
                .append("<param-value>%s</param-value></context-param>%n".formatted(value)));
    listeners.forEach(
        name ->
            xml.append(
                "<listener><listener-class>%s</listener-class></listener>%n".formatted(name)));
    file("WEB-INF/web.xml", xml.append(declarations).append("</web-app>\n").toString());
    return container.start(folder, null);
  }
}
