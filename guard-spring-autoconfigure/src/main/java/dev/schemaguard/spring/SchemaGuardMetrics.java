// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of every guard, read from memory. Gauges about the state of a schema are registered
 * when that state is known for the first time, so that no false zero triggers an alert.
 */
final class SchemaGuardMetrics implements MeterBinder {

  private final SchemaGuards guards;

  SchemaGuardMetrics(SchemaGuards guards) {
    this.guards = guards;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    guards
        .byName()
        .forEach(
            (name, guard) -> {
              Tags tags = name.isEmpty() ? Tags.empty() : Tags.of("guard", name);
              verdicts(guard, registry, tags);
              Predicate<MigrationStatus> known = status -> status.verdict().isKnown();
              once(known, guard, () -> figures(guard, registry, tags));
              if (guard.status().tenants() != null) {
                once(SchemaGuardMetrics::isListed, guard, () -> tenants(guard, registry, tags));
              }
            });
  }

  /** Registering an existing gauge again has no effect. */
  private static void once(
      Predicate<MigrationStatus> known, SchemaGuard guard, Runnable registration) {
    if (known.test(guard.status())) {
      registration.run();
    } else {
      guard.addListener(
          (before, now) -> {
            if (known.test(now)) {
              registration.run();
            }
          });
    }
  }

  private static boolean isListed(MigrationStatus status) {
    return status.tenants() != null && status.tenants().count() > 0;
  }

  private static void verdicts(SchemaGuard guard, MeterRegistry registry, Tags tags) {
    for (Verdict verdict : Verdict.values()) {
      Gauge.builder("schema.guard.verdict", guard, g -> g.status().verdict() == verdict ? 1 : 0)
          .description("1 for the verdict on the schema, 0 for every other")
          .tags(tags.and("verdict", verdict.name()))
          .register(registry);
    }
  }

  private static void tenants(SchemaGuard guard, MeterRegistry registry, Tags tags) {
    for (Verdict verdict : Verdict.values()) {
      gauge(guard, "tenants", status -> number(status.tenants(), verdict))
          .description("Tenants by the verdict on their schema")
          .tags(tags.and("verdict", verdict.name()))
          .register(registry);
    }
  }

  /** NaN if the tenants could not be listed: 0 would be a count that was never made. */
  private static double number(@Nullable TenantsStatus tenants, Verdict verdict) {
    return tenants == null || tenants.count() == 0
        ? Double.NaN
        : tenants.byVerdict().getOrDefault(verdict, 0);
  }

  private static void figures(SchemaGuard guard, MeterRegistry registry, Tags tags) {
    gauge(guard, "compatible", status -> status.compatible() ? 1 : 0)
        .description("1 if the application may run on the schema, else 0")
        .tags(tags)
        .register(registry);
    gauge(guard, "pending", status -> status.pendingRevisions().size())
        .description("Revisions that are expected and not applied")
        .tags(tags)
        .register(registry);
    gauge(guard, "ahead", status -> status.aheadRevisions().size())
        .description("Revisions that are applied beyond what is expected")
        .tags(tags)
        .register(registry);
    gauge(guard, "age", SchemaGuardMetrics::age)
        .description("Age of the last answer of the database")
        .baseUnit("seconds")
        .tags(tags)
        .register(registry);
  }

  private static Gauge.Builder<SchemaGuard> gauge(
      SchemaGuard guard, String figure, ToDoubleFunction<MigrationStatus> value) {
    return Gauge.builder("schema.guard." + figure, guard, g -> value.applyAsDouble(g.status()));
  }

  private static double age(MigrationStatus status) {
    Duration age = Duration.between(status.checkedAt(), Instant.now());
    return Math.max(0, age.toMillis() / 1000.0);
  }
}
