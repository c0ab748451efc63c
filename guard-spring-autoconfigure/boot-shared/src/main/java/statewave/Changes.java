// SPDX-License-Identifier: Apache-2.0
package statewave;

import dev.schemaguard.spring.SchemaStatusChangedEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What an application hears of changes of the verdict. */
@Component
public class Changes {

  private final List<SchemaStatusChangedEvent> events = new CopyOnWriteArrayList<>();

  @EventListener
  void changed(SchemaStatusChangedEvent event) {
    events.add(event);
  }

  public List<SchemaStatusChangedEvent> events() {
    return events;
  }
}
