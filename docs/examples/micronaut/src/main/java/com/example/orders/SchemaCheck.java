// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.SchemaGuard;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;

/** Checks the schema before the server accepts requests. Flyway has migrated by now. */
@Singleton
class SchemaCheck implements ApplicationEventListener<StartupEvent>, Ordered {

  private final SchemaGuard guard;

  SchemaCheck(SchemaGuard guard) {
    this.guard = guard;
  }

  @Override
  public void onApplicationEvent(StartupEvent start) {
    guard.enforce();
  }

  /** Before other listeners. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
