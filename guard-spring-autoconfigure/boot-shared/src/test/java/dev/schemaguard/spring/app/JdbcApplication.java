// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import dev.schemaguard.testing.Starts;
import java.time.Duration;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** The plain application that {@link StartBenchmark} starts: a database, and nothing else. */
@SpringBootConfiguration
@EnableAutoConfiguration
class JdbcApplication {

  /** Ends by itself once it has said that it is started, and how much processor time that took. */
  public static void main(String[] arguments) {
    try (ConfigurableApplicationContext unused =
        SpringApplication.run(JdbcApplication.class, arguments)) {
      System.out.println(Starts.STARTED);
      System.out.println(
          Starts.PROCESSOR_MILLIS
              + ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis());
    }
  }

  @Bean
  @ConditionalOnProperty("asks")
  InitializingBean firstQuery(JdbcTemplate jdbc) {
    return () -> jdbc.queryForObject("SELECT 1", Integer.class);
  }
}
