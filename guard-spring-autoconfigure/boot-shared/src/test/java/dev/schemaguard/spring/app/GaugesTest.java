// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.spring.SchemaGuardMetricsAutoConfiguration;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A figure that cannot be told is absent, and not 0. */
class GaugesTest {

  private final TestDatabase database = H2.database();
  private final AtomicBoolean up = new AtomicBoolean();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private ApplicationContextRunner contexts() {
    DataSource dataSource =
        SimpleDataSource.of(
            () -> {
              if (up.get()) {
                return database.dataSource().getConnection();
              }
              throw new SQLException("Connection refused", "08001");
            });
    return Contexts.withoutDatabase()
        .withConfiguration(AutoConfigurations.of(SchemaGuardMetricsAutoConfiguration.class))
        .withBean(DataSource.class, () -> dataSource)
        .withPropertyValues("schema-guard.refresh-interval=50ms");
  }

  private double verdict(String name) {
    return registry.get("schema.guard.verdict").tag("verdict", name).gauge().value();
  }

  @Test
  void figuresAppearWithTheFirstAnswer() {
    Statewave.update(database.dataSource(), 10);
    contexts()
        .run(
            context -> {
              context.getBean(MeterBinder.class).bindTo(registry);
              assertThat(verdict("UNREACHABLE")).isEqualTo(1);
              assertThat(registry.find("schema.guard.pending").gauge()).isNull();
              assertThat(registry.find("schema.guard.compatible").gauge()).isNull();
              assertThat(registry.find("schema.guard.age").gauge()).isNull();

              up.set(true);
              Patience.until(
                  "told",
                  Duration.ofSeconds(20),
                  () -> registry.find("schema.guard.age").gauge() != null);

              assertThat(registry.get("schema.guard.pending").gauge().value()).isEqualTo(2);
              assertThat(registry.get("schema.guard.compatible").gauge().value()).isZero();
              assertThat(verdict("UNREACHABLE")).isZero();
              assertThat(verdict("BEHIND")).isEqualTo(1);
            });
  }

  @Test
  void theyCanBeSwitchedOff() {
    contexts()
        .withPropertyValues("management.metrics.enable.schema.guard=false")
        .run(context -> assertThat(context).doesNotHaveBean(MeterBinder.class));
  }
}
