// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import statewave.StatewaveApplication;

/** The sample application on a port of its own, and what it answers. */
record RunningApplication(ConfigurableApplicationContext context) implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** The application on a database that somebody else migrates. */
  static RunningApplication start(TestDatabase database, String... arguments) {
    return migratingStart(database, with(arguments, "--spring.liquibase.enabled=false"));
  }

  /** The application on a database that it migrates itself. */
  static RunningApplication migratingStart(TestDatabase database, String... arguments) {
    return start(new SpringApplication(StatewaveApplication.class), database, arguments);
  }

  static RunningApplication start(
      SpringApplication application, TestDatabase database, String... arguments) {
    String[] all =
        with(
            arguments,
            "--server.port=0",
            "--spring.main.banner-mode=off",
            "--spring.datasource.url=" + database.url(),
            "--spring.datasource.username=" + database.user(),
            "--spring.datasource.password=" + database.password());
    application.setMainApplicationClass(StatewaveApplication.class);
    return new RunningApplication(application.run(all));
  }

  /** What a start was refused with. */
  static Throwable failure(TestDatabase database, String... arguments) {
    try (RunningApplication unexpected = start(database, arguments)) {
      throw new AssertionError("started: " + unexpected);
    } catch (RuntimeException e) {
      return e;
    }
  }

  private static String[] with(String[] arguments, String... defaults) {
    List<String> all = new ArrayList<>(List.of(defaults));
    all.addAll(Arrays.asList(arguments));
    return all.toArray(String[]::new);
  }

  HttpResponse<String> get(String path) {
    String port = context.getEnvironment().getProperty("local.server.port");
    URI address = URI.create("http://localhost:" + port + path);
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The body of an answer without its blanks. */
  String text(String path) {
    return get(path).body().replaceAll("\\s", "");
  }

  @Override
  public void close() {
    context.close();
  }
}
