// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ContextResource;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.eclipse.jetty.plus.jndi.Resource;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.jdbcx.JdbcDataSourceFactory;

/** The containers of this module, each started for one application on a free port. */
enum Container {
  TOMCAT {
    @Override
    RunningApp start(Path war, JdbcDataSource resource) {
      try {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        Context context = tomcat.addWebapp("", war.toAbsolutePath().toString());
        withoutTheTestsOwnJars(context);
        if (resource != null || Files.exists(war.resolve("META-INF/context.xml"))) {
          tomcat.enableNaming();
        }
        if (resource != null) {
          context.getNamingResources().addResource(described(resource));
        }
        tomcat.start();
        return new RunningApp(
            tomcat.getConnector().getLocalPort(),
            () -> context.getState().isAvailable(),
            () -> {
              tomcat.stop();
              tomcat.destroy();
              NAMING.forEach(System::clearProperty);
            });
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  },
  JETTY {
    @Override
    RunningApp start(Path war, JdbcDataSource resource) {
      try {
        Server server = new Server(0);
        ContextHandler context = webApplication();
        context.setContextPath("/");
        context.getClass().getMethod("setWar", String.class).invoke(context, war.toString());
        context.setTempDirectory(Files.createTempDirectory("jetty").toFile());
        if (resource != null) {
          Resource unused = new Resource(context, RESOURCE, (DataSource) resource);
        }
        server.setHandler(context);
        server.start();
        return new RunningApp(
            ((ServerConnector) server.getConnectors()[0]).getLocalPort(),
            context::isAvailable,
            server::stop);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  };

  /** What Tomcat sets for the whole JVM, and Jetty has otherwise. */
  private static final List<String> NAMING =
      List.of("java.naming.factory.initial", "java.naming.factory.url.pkgs");

  /** The name by which an application may find the database in JNDI. */
  static final String RESOURCE = "jdbc/orders";

  /**
   * Starts an application.
   *
   * @param war a war, or a folder that has its layout
   * @param resource the database for {@link #RESOURCE}; null: there is none
   */
  abstract RunningApp start(Path war, JdbcDataSource resource);

  /** Starts an application whose own files, if any, describe its resources in JNDI. */
  final RunningApp start(Path war) {
    return start(war, null);
  }

  /** Jetty's web applications of ee10 and ee11 have one name in two packages. */
  private static ContextHandler webApplication() throws ReflectiveOperationException {
    try {
      return webApplication("ee11");
    } catch (ClassNotFoundException e) {
      return webApplication("ee10");
    }
  }

  private static ContextHandler webApplication(String generation)
      throws ReflectiveOperationException {
    return Class.forName("org.eclipse.jetty." + generation + ".webapp.WebAppContext")
        .asSubclass(ContextHandler.class)
        .getConstructor()
        .newInstance();
  }

  /** They are many, and to look into each of them for fragments takes a second a start. */
  private static void withoutTheTestsOwnJars(Context context) {
    StandardJarScanner scanner = new StandardJarScanner();
    scanner.setScanClassPath(false);
    context.setJarScanner(scanner);
  }

  private static ContextResource described(JdbcDataSource database) {
    ContextResource resource = new ContextResource();
    resource.setName(RESOURCE);
    resource.setType(JdbcDataSource.class.getName());
    resource.setProperty("factory", JdbcDataSourceFactory.class.getName());
    resource.setProperty("url", database.getURL());
    resource.setProperty("user", database.getUser());
    resource.setProperty("password", database.getPassword());
    resource.setProperty("description", "statewave");
    resource.setProperty("loginTimeout", "5");
    return resource;
  }
}
