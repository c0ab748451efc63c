// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.check.HistoryCheck;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps one check for each schema, because each remembers whether it was compatible. */
final class RememberedChecks implements Function<@Nullable String, HistoryCheck> {

  private final Function<@Nullable String, HistoryCheck> checks;
  private final Map<String, HistoryCheck> known = new ConcurrentHashMap<>();

  RememberedChecks(Function<@Nullable String, HistoryCheck> checks) {
    this.checks = checks;
  }

  @Override
  public HistoryCheck apply(@Nullable String schema) {
    return schema == null ? checks.apply(null) : known.computeIfAbsent(schema, checks);
  }
}
