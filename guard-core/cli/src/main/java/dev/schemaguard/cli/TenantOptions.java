// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.settings.TenantsSetting;
import dev.schemaguard.tenants.TenantProgress;
import dev.schemaguard.tenants.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that select the tenants, if the application has several schemas or databases. */
final class TenantOptions {

  @Option(
      names = "--schemas",
      paramLabel = "PATTERN",
      defaultValue = "${env:SCHEMA_GUARD_SCHEMAS}",
      description = {
        "The schemas of all tenants, as for SQL's LIKE: 'tenant_%%'; several by commas, repeatable.",
        "Each pattern must match some schema. The answer is that of the worst."
      })
  private @Nullable List<String> schemas;

  @Option(
      names = "--schemas-from",
      paramLabel = "QUERY",
      defaultValue = "${env:SCHEMA_GUARD_SCHEMAS_FROM}",
      description = "A SELECT whose first column names the schemas of all tenants.")
  private @Nullable String query;

  @Mixin private final ManyDatabasesOptions databases = new ManyDatabasesOptions();

  /** Ignores the progress. */
  static final TenantProgress UNSEEN = (assessed, all) -> {};

  /**
   * Returns a builder of the guard for the application and its database, or for all tenants if any
   * are named.
   */
  SchemaGuardBuilder guard(
      MatrixOptions application, DatabaseOptions database, TenantProgress progress, Output output) {
    boolean areSchemas = schemas != null || query != null;
    Optional<ManyDatabasesOptions.Named> named = databases.named(database, areSchemas, output);
    if (named.isPresent()) {
      return application
          .guard(database, named.get().listing())
          .tenants(named.get().tenants())
          .tenantProgress(progress);
    }
    SchemaGuardBuilder guard = application.guard(database, database.dataSource());
    tenants(database).ifPresent(each -> guard.tenants(each).tenantProgress(progress));
    return guard;
  }

  /** An empty value is an error, because without the option a different check would be made. */
  private Optional<Tenants> tenants(DatabaseOptions database) {
    List<String> patterns = new ArrayList<>();
    if (schemas != null) {
      for (String given : schemas) {
        patterns.addAll(List.of(given.split(",", -1)));
      }
    }
    return new TenantsSetting(DatabaseOptions.NAMES, database.location().schema(), patterns, query)
        .tenants();
  }
}
