// SPDX-License-Identifier: Apache-2.0
package statewave;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** A job that runs at once, and then every second. */
@Component
class CacheJob {

  private final JdbcClient jdbc;

  CacheJob(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Scheduled(fixedRate = 1000)
  void expire() {
    jdbc.sql("delete from health_cache where expires_at < current_timestamp").update();
  }
}
