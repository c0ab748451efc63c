// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.connections.ConnectionTag;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.testing.StatewaveRelease;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The deployment of statewave as {@code kubectl} changes it: strict instances that serve requests
 * all the time, on connections with the tag of their release, and that are replaced one by one.
 */
final class StatewaveCluster implements Program, AutoCloseable {

  private static final int REPLICAS = 2;

  /** PostgreSQL has chosen this transaction to end a deadlock; applications try again. */
  private static final String DEADLOCK = "40P01";

  private final TestDatabase database;
  private final List<Instance> instances = new ArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<String> rollOuts = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private boolean rolledOut = true;

  /**
   * A cluster without instances.
   *
   * @param database by the role of the application
   */
  StatewaveCluster(TestDatabase database) {
    this.database = database;
  }

  /** What went wrong: requests that failed, and starts that were refused. */
  List<String> failures() {
    return failures;
  }

  /** The releases that replaced another one, in order. */
  List<String> rollOuts() {
    return rollOuts;
  }

  /** How many requests were served. */
  int requests() {
    return requests.get();
  }

  /** The versions of the instances that run. */
  List<String> running() {
    return instances.stream().map(instance -> instance.release.version()).toList();
  }

  @Override
  public int run(Call call) throws Exception {
    List<String> arguments = call.arguments();
    switch (arguments.get(0)) {
      case "set" -> rollOut(arguments.get(3).replaceFirst(".*:", ""));
      case "scale" -> close();
      case "rollout" -> System.out.println(rolledOut ? "successfully rolled out" : "timed out");
      default -> throw new IllegalArgumentException(String.join(" ", arguments));
    }
    return rolledOut ? 0 : 1;
  }

  /** Replaces the instances one by one; the first one that does not start ends it. */
  void rollOut(String version) throws Exception {
    StatewaveRelease release =
        Stream.of(StatewaveRelease.values())
            .filter(each -> each.version().equals(version))
            .findFirst()
            .orElseThrow();
    if (running().equals(List.of(version, version))) {
      return;
    }
    rollOuts.add(version);
    List<Instance> before = List.copyOf(instances);
    for (int i = 0; i < REPLICAS; i++) {
      rolledOut = start(release);
      if (!rolledOut) {
        return;
      }
      if (i < before.size()) {
        before.get(i).stop();
        instances.remove(before.get(i));
      }
    }
  }

  private boolean start(StatewaveRelease release) throws SQLException {
    try (SchemaGuard guard = release.guard(database.dataSource()).build()) {
      MigrationStatus status = guard.check();
      if (!status.compatible()) {
        failures.add(release.version() + " cannot start: " + status.summary());
        return false;
      }
    }
    instances.add(new Instance(release));
    return true;
  }

  @Override
  public void close() throws SQLException {
    for (Instance instance : List.copyOf(instances)) {
      instance.stop();
      instances.remove(instance);
    }
  }

  private final class Instance {

    private final StatewaveRelease release;
    private final Connection connection;
    private final Thread thread;
    private volatile boolean stopped;

    Instance(StatewaveRelease release) throws SQLException {
      this.release = release;
      Properties properties = new Properties();
      properties.setProperty("user", database.user());
      properties.setProperty("password", database.password());
      properties.putAll(
          ConnectionTag.of("statewave", release.version()).properties(database.url()));
      connection = DriverManager.getConnection(database.url(), properties);
      thread = new Thread(this::serve, "statewave-" + release.version());
      thread.start();
    }

    private void serve() {
      while (!stopped) {
        try {
          release.work(connection);
          requests.incrementAndGet();
          Thread.sleep(20);
        } catch (SQLException e) {
          if (!DEADLOCK.equals(e.getSQLState())) {
            failures.add(release.version() + " fails: " + e.getMessage());
          }
        } catch (RuntimeException | InterruptedException e) {
          failures.add(release.version() + " fails: " + e);
        }
      }
    }

    void stop() throws SQLException {
      stopped = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      connection.close();
    }
  }
}
