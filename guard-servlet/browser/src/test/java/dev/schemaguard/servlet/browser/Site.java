// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.browser;

import dev.schemaguard.servlet.SchemaGuardInitializer;
import dev.schemaguard.testing.Statewave;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;

/** The sample application statewave on a Tomcat of its own, with all pages. */
final class Site implements AutoCloseable {

  private static final String REFRESH = "schema-guard.refresh-interval";

  private final Tomcat tomcat = new Tomcat();

  /**
   * Starts it.
   *
   * @param parameters further context parameters
   */
  Site(Path folder, DataSource database, Map<String, String> parameters) throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", folder.toString());
    context.getServletContext().setAttribute(DataSource.class.getName(), database);
    context.addParameter("schema-guard.auto", "true");
    context.addParameter("schema-guard.pages", "ops, readyz, healthz, version");
    context.addParameter("schema-guard.matrix", file(folder, "compatibility.md"));
    context.addParameter("schema-guard.revisions", file(folder, "revisions.txt"));
    if (!parameters.containsKey(REFRESH)) {
      context.addParameter(REFRESH, "1s");
    }
    parameters.forEach(context::addParameter);
    Tomcat.addServlet(context, "application", new DefaultServlet());
    context.addServletMappingDecoded("/", "application");
    context.addServletContainerInitializer(new SchemaGuardInitializer(), null);
    tomcat.getConnector();
    tomcat.start();
  }

  private static String file(Path folder, String name) throws IOException {
    return Files.writeString(
            folder.resolve(name), Statewave.resource("statewave/schema-guard/" + name))
        .toString();
  }

  String address(String path) {
    return "http://localhost:" + tomcat.getConnector().getLocalPort() + path;
  }

  /** Whether the application itself answers here, and be it that there is no such page. */
  boolean serves(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address(path)).toURL().openConnection();
      return connection.getResponseCode() != HttpURLConnection.HTTP_UNAVAILABLE;
    } catch (IOException e) {
      return false;
    }
  }

  /** From now on nobody answers. */
  void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  @Override
  public void close() throws LifecycleException {
    if (tomcat.getServer().getState().isAvailable()) {
      stop();
    }
  }
}
