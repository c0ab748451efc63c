// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.TenantProgress;
import dev.schemaguard.Tenants;
import dev.schemaguard.matrix.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tenants are meant, if the application has several in one database. */
final class TenantOptions {

  @Option(
      names = "--schemas",
      paramLabel = "PATTERN",
      split = ",",
      defaultValue = "${env:SCHEMA_GUARD_SCHEMAS}",
      description = {
        "The schemas of all tenants, as for SQL's LIKE: 'tenant_%%'; repeatable.",
        "Each pattern must match some schema. The answer is that of the worst."
      })
  private @Nullable List<String> schemas;

  @Option(
      names = "--schemas-from",
      paramLabel = "QUERY",
      defaultValue = "${env:SCHEMA_GUARD_SCHEMAS_FROM}",
      description = "A SELECT whose first column names the schemas of all tenants.")
  private @Nullable String query;

  /** Nobody hears of the progress. */
  static final TenantProgress UNSEEN = (judged, all) -> {};

  /** The guard under construction, of all tenants if any are named. */
  SchemaGuardBuilder in(SchemaGuardBuilder guard, TenantProgress progress) {
    tenants().ifPresent(named -> guard.tenants(named).tenantProgress(progress));
    return guard;
  }

  private Optional<Tenants> tenants() {
    boolean byPattern = schemas != null && schemas.stream().anyMatch(one -> !one.isBlank());
    boolean byQuery = query != null && !query.isBlank();
    if (byPattern && byQuery) {
      throw new ConfigurationException(
          "--schemas", "--schemas and --schemas-from are given both", "Leave one of them out.");
    }
    if (byPattern && schemas != null) {
      return Optional.of(Tenants.schemas(schemas));
    }
    return byQuery && query != null ? Optional.of(Tenants.schemasFrom(query)) : Optional.empty();
  }
}
