// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.benchmark;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.testing.Starts;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** The plain application that {@link ListenerBenchmark} starts: one servlet, and a pool. */
public final class WebApplication extends HttpServlet {

  static final String GUARDED = "guarded";

  private static final long serialVersionUID = 1L;

  /**
   * Ends by itself once it has said that it is started, and how much processor time that took.
   *
   * @param arguments URL, user and password of the database; a folder for Tomcat; {@code guarded},
   *     if it is
   */
  public static void main(String[] arguments) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setUsername(arguments[1]);
    config.setPassword(arguments[2]);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      try (Connection connection = pool.getConnection()) {
        connection.createStatement().executeQuery("SELECT 1").close();
      }
      Tomcat tomcat = tomcat(arguments[3]);
      Context context = tomcat.addContext("", null);
      Tomcat.addServlet(context, "hello", new WebApplication());
      context.addServletMappingDecoded("/hello", "hello");
      context.getServletContext().setAttribute(DataSource.class.getName(), pool);
      if (arguments[4].equals(GUARDED)) {
        guard(context);
      }
      start(tomcat, context);
    }
  }

  private static Tomcat tomcat(String folder) {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder);
    tomcat.setPort(0);
    tomcat.getConnector();
    return tomcat;
  }

  /** The listener by its name: without the guard, its class is not there. */
  private static void guard(Context context) {
    context.addParameter("schema-guard.mode", "strict");
    context.addParameter("schema-guard.pages", "ops, readyz, healthz, version");
    context.addApplicationListener("dev.schemaguard.servlet.SchemaGuardListener");
  }

  private static void start(Tomcat tomcat, Context context) throws LifecycleException {
    tomcat.start();
    if (!context.getState().isAvailable()) {
      throw new IllegalStateException("the context failed");
    }
    System.out.println(Starts.STARTED);
    System.out.println(
        Starts.PROCESSOR_MILLIS
            + ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis());
    tomcat.stop();
    tomcat.destroy();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().write("hello");
  }
}
