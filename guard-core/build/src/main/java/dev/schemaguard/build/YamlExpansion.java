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
 * Counts the values to which the aliases of a YAML document expand, from the parser's events and
 * without creating these values. Not thread-safe.
 */
final class YamlExpansion {

  /** The maximum number of values to which all aliases of a document may expand. */
  static final int MOST = 100_000;

  private final Map<String, Long> sizes = new HashMap<>();
  private final Deque<Collected> open = new ArrayDeque<>();
  private long aliased;

  /** A sequence or mapping that has not ended yet. */
  private static final class Collected {
    private final @Nullable String anchor;
    private long size = 1;

    Collected(@Nullable String anchor) {
      this.anchor = anchor;
    }
  }

  /** Processes the parser's next event. */
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

  /** Returns whether the aliases so far expand to more than {@link #MOST} values. */
  boolean isTooLarge() {
    return aliased > MOST;
  }

  /** Sizes are limited, because they grow exponentially with the nesting of aliases. */
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
