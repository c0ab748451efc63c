// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.MigrationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The guards of an application with several databases, identified by their names. They share
 * nothing. Every database is checked, and the failure of one does not hide the others. Thread-safe.
 */
public final class SchemaGuards implements AutoCloseable {

  /**
   * The maximum number of databases that are checked at a time, because they are often on one
   * server.
   */
  private static final int MOST = 16;

  private final Map<String, SchemaGuard> guards;
  private final Semaphore atOnce = new Semaphore(MOST);

  private SchemaGuards(Map<String, SchemaGuard> guards) {
    this.guards = guards;
  }

  /**
   * Returns these guards, in this order.
   *
   * @throws ConfigurationException if two have the same name
   */
  public static SchemaGuards of(Collection<SchemaGuard> guards) {
    Map<String, SchemaGuard> named = new LinkedHashMap<>();
    for (SchemaGuard guard : requireNonNull(guards, "guards")) {
      requireNonNull(guard, "guards");
      if (named.put(guard.name(), guard) != null) {
        throw new ConfigurationException(
            "several guards",
            "two have the name '" + guard.name() + "'",
            "Give each its own: SchemaGuard.builder(dataSource).name(\"orders\").");
      }
    }
    return new SchemaGuards(named);
  }

  /** Returns these guards, in this order, as {@link #of(Collection)} does. */
  public static SchemaGuards of(SchemaGuard... guards) {
    return of(Arrays.asList(requireNonNull(guards, "guards")));
  }

  /** Returns the guards by name, in their order. */
  public Map<String, SchemaGuard> byName() {
    return new LinkedHashMap<>(guards);
  }

  /**
   * {@linkplain SchemaGuard#enforce Enforces} all of them at the same time, independently: every
   * outcome is logged before the first refusal is thrown. An interrupt ends every wait.
   *
   * <p>No more than 16 databases are checked at a time, because they are often on one server. If a
   * server has no connection left, its database is checked again until that guard's timeout has
   * passed.
   *
   * @return every status by the guard's name
   * @throws IncompatibleSchemaException the first refusal in the order of the guards, with the
   *     others suppressed in it
   * @throws ConfigurationException likewise, if that is the first exception
   */
  public Map<String, MigrationStatus> enforce() {
    return all("enforce", guard -> guard.enforcement().enforce(atOnce));
  }

  /**
   * {@linkplain SchemaGuard#enforceBeforeMigration Enforces}, for all of them at the same time,
   * what is required before the application migrates.
   *
   * @throws IncompatibleSchemaException as {@link #enforce} does
   * @throws ConfigurationException as {@link #enforce} does
   */
  public void enforceBeforeMigration() {
    all("enforce", guard -> guard.enforcement().beforeMigration(Set.of(), atOnce));
  }

  /**
   * Checks all databases now, no more than 16 at a time, as {@link #enforce} does.
   *
   * @return every status by the guard's name
   * @throws ConfigurationException the first in the order of the guards, with the others suppressed
   */
  public Map<String, MigrationStatus> check() {
    return all("check", guard -> guard.enforcement().checkNow(atOnce));
  }

  /**
   * {@linkplain SchemaGuard#await Awaits} all of them at the same time, each until its own outcome.
   *
   * @param onWait as in {@link SchemaGuard#await}, but called on several threads
   * @return the last status of each by the guard's name
   * @throws ConfigurationException the first in the order of the guards, with the others suppressed
   */
  public Map<String, MigrationStatus> await(Duration deadline, Consumer<MigrationStatus> onWait) {
    requireNonNull(deadline, "deadline");
    requireNonNull(onWait, "onWait");
    return all("await", guard -> guard.await(deadline, onWait));
  }

  /**
   * Returns the worst readiness of all.
   *
   * @throws ConfigurationException if one of them has no status because of such an error
   */
  public Readiness readiness() {
    return guards.values().stream()
        .map(SchemaGuard::readiness)
        .reduce(Readiness.READY, Readiness::and);
  }

  /** Closes all of them. */
  @Override
  public void close() {
    guards.values().forEach(SchemaGuard::close);
  }

  private <T> Map<String, T> all(String purpose, Function<SchemaGuard, T> question) {
    if (guards.size() == 1) {
      SchemaGuard only = guards.values().iterator().next();
      return Map.of(only.name(), question.apply(only));
    }
    Map<String, FutureTask<T>> tasks = new LinkedHashMap<>();
    List<Thread> threads = new ArrayList<>();
    guards.forEach(
        (name, guard) -> {
          FutureTask<T> task = new FutureTask<>(() -> question.apply(guard));
          tasks.put(name, task);
          Thread thread = new GuardThreads(name).named(purpose).newThread(task);
          threads.add(thread);
          thread.start();
        });
    return outcomes(tasks, threads);
  }

  private static <T> Map<String, T> outcomes(
      Map<String, FutureTask<T>> tasks, List<Thread> threads) {
    Map<String, T> outcomes = new LinkedHashMap<>();
    RuntimeException first = null;
    for (Map.Entry<String, FutureTask<T>> task : tasks.entrySet()) {
      try {
        outcomes.put(task.getKey(), outcome(task.getValue(), threads));
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
    return outcomes;
  }

  /**
   * Returns the result of a task. An interrupt is passed on to every thread, where it ends a wait
   * at once.
   */
  private static <T> T outcome(FutureTask<T> task, List<Thread> threads) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
