// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuards;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Publishes changes of the verdict as application events, from when the application has started.
 */
final class StatusEvents implements ApplicationListener<ContextRefreshedEvent> {

  private final SchemaGuards guards;
  private final ApplicationEventPublisher publisher;
  private boolean listening;

  StatusEvents(SchemaGuards guards, ApplicationEventPublisher publisher) {
    this.guards = guards;
    this.publisher = publisher;
  }

  /** A context that stands below this one, as for management, refreshes later and is heard too. */
  @Override
  public synchronized void onApplicationEvent(ContextRefreshedEvent event) {
    if (listening) {
      return;
    }
    listening = true;
    // The refreshing begins with it, and the start need not wait for that.
    Thread thread = new Thread(this::listen, "schema-guard-events");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    guards
        .byName()
        .forEach(
            (name, guard) ->
                guard.addListener(
                    (before, now) ->
                        publisher.publishEvent(new SchemaStatusChangedEvent(name, before, now))));
  }
}
