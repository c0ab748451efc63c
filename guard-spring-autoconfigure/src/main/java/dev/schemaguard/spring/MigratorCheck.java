// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Refuses a database that no migration can fix, immediately before one of the application's
 * migrators runs. Thread-safe.
 */
final class MigratorCheck {

  /**
   * The verdicts that are not refused before a migrator that cannot be read yet. {@link
   * StartupCheck} handles them after the migrator has run.
   */
  private static final Set<Verdict> LEFT_TO_THE_CHECK_AFTER =
      Set.of(Verdict.FAILED, Verdict.UNREADABLE, Verdict.UNREACHABLE);

  private final Startup startup;
  private final BoundSettings settings;
  private final ConfigurableListableBeanFactory beans;
  private final Map<String, Boolean> startedAhead = new ConcurrentHashMap<>();

  MigratorCheck(Startup startup, BoundSettings settings, ConfigurableListableBeanFactory beans) {
    this.startup = startup;
    this.settings = settings;
    this.beans = beans;
  }

  /** Checks the databases that {@code migrator} is about to migrate. */
  void check(Migrator migrator) {
    Set<Verdict> left = migrator.repairs() ? Set.of(Verdict.FAILED) : Set.of();
    check(factory -> factory.before(migrator), left);
  }

  /** Checks all databases before a migrator that runs while its bean is created. */
  void checkUnmet() {
    check(GuardFactory::beforeAny, LEFT_TO_THE_CHECK_AFTER);
  }

  /**
   * Enforces the schema of the databases that none of the application's migrators is about to
   * migrate. If that is not certain, it refuses only what no migration can fix. A database that is
   * accepted is not logged, because {@link StartupCheck} checks it again.
   */
  void checkUnmigrated(List<Migrator> migrators) {
    GuardFactory factory = beans.getBeanProvider(GuardFactory.class).getIfAvailable();
    if (factory != null) {
      check(GuardFactory::beforeUnknown, LEFT_TO_THE_CHECK_AFTER);
      for (SchemaGuard guard : startup.step(() -> factory.unmigrated(migrators))) {
        if (guard.mode() == Mode.STRICT && !startup.check(guard::check).compatible()) {
          MigrationStatus unused = startup.check(guard::enforce);
        }
      }
    }
  }

  /**
   * Returns whether a guard's database was ahead before the migrators ran; null if it was not
   * checked.
   */
  @Nullable Boolean startedAhead(String guard) {
    return startedAhead.get(guard);
  }

  private interface Selection {
    Collection<SchemaGuard> guards(GuardFactory factory);
  }

  private void check(Selection selection, Set<Verdict> left) {
    if (!settings.application().isEnabled()) {
      return;
    }
    Supplier<Collection<SchemaGuard>> guards =
        () -> {
          GuardFactory factory = beans.getBeanProvider(GuardFactory.class).getIfAvailable();
          return factory == null
              ? beans.getBean(SchemaGuards.class).byName().values()
              : selection.guards(factory);
        };
    for (SchemaGuard guard : startup.step(guards)) {
      startup
          .check(() -> guard.enforceBeforeMigration(left))
          .ifPresent(
              status ->
                  startedAhead.merge(
                      guard.name(), !status.aheadRevisions().isEmpty(), Boolean::logicalOr));
    }
  }
}
