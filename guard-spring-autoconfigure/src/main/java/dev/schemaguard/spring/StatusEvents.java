// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/** Publishes changes of the verdict as application events, once the application has started. */
final class StatusEvents implements ApplicationListener<ContextRefreshedEvent> {

  private final SchemaGuards guards;
  private final ApplicationEventPublisher publisher;
  private boolean listening;

  StatusEvents(SchemaGuards guards, ApplicationEventPublisher publisher) {
    this.guards = guards;
    this.publisher = publisher;
  }

  /**
   * A child context, such as the management context, refreshes later; its event arrives here too.
   */
  @Override
  public synchronized void onApplicationEvent(ContextRefreshedEvent event) {
    if (listening) {
      return;
    }
    listening = true;
    // Refreshing begins with this call, and the start does not need to wait for it.
    Thread thread = new Thread(new Listening(), "schema-guard-events");
    thread.setDaemon(true);
    thread.start();
  }

  /** Adds a listener to every guard. It is not the bean, which nothing may inject as Runnable. */
  private final class Listening implements Runnable {
    @Override
    public void run() {
      for (Map.Entry<String, SchemaGuard> guard : guards.byName().entrySet()) {
        String name = guard.getKey();
        guard
            .getValue()
            .addListener(
                (before, now) ->
                    publisher.publishEvent(new SchemaStatusChangedEvent(name, before, now)));
      }
    }
  }
}
