// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Counts the values that the aliases of a YAML document stand for, from the parser's events and
 * without making any of these values. Not thread-safe.
 */
final class YamlExpansion {

  /** The most values that all aliases of a document may stand for. */
  static final int MOST = 100_000;

  private final Map<String, Long> sizes = new HashMap<>();
  private final Deque<Collected> open = new ArrayDeque<>();
  private long aliased;

  /** A sequence or mapping that has not ended. */
  private static final class Collected {
    private final @Nullable String anchor;
    private long size = 1;

    Collected(@Nullable String anchor) {
      this.anchor = anchor;
    }
  }

  /** Takes the parser's next event. */
  void add(Event event) {
    if (event instanceof CollectionStartEvent start) {
      open.push(new Collected(start.getAnchor()));
    } else if (event instanceof CollectionEndEvent) {
      Collected ended = open.pop();
      value(ended.anchor, ended.size);
    } else if (event instanceof ScalarEvent scalar) {
      value(scalar.getAnchor(), 1);
    } else if (event instanceof AliasEvent alias) {
      long size = sizes.getOrDefault(alias.getAnchor(), 1L);
      aliased = Math.min(aliased + size, MOST + 1L);
      value(null, size);
    }
  }

  /** Whether the aliases so far stand for more than {@link #MOST} values. */
  boolean isTooLarge() {
    return aliased > MOST;
  }

  /** Sizes are cut off, because they grow with the power of the aliases. */
  private void value(@Nullable String anchor, long size) {
    if (anchor != null) {
      sizes.put(anchor, size);
    }
    Collected around = open.peek();
    if (around != null) {
      around.size = Math.min(around.size + size, MOST + 1L);
    }
  }
}
