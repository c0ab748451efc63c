// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.EffectiveMode;
import dev.schemaguard.settings.EnvironmentVariables;
import dev.schemaguard.settings.MatrixLocation;
import dev.schemaguard.settings.TenantsSetting;
import dev.schemaguard.settings.TimingSettings;
import dev.schemaguard.tenants.Tenants;
import jakarta.servlet.ServletContext;
import java.util.Optional;

/** Creates the guard that a web application's settings describe. */
final class GuardFactory {

  private final Settings settings;
  private final ServletContext context;

  GuardFactory(Settings settings, ServletContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * Returns the guard; empty if there is neither a matrix, nor a revision chain, nor a setting, nor
   * a variable that selects strict mode.
   *
   * @throws ConfigurationException if a setting is invalid, or something that it needs is missing
   */
  Optional<SchemaGuard> guard() {
    Optional<CompatibilityMatrix> matrix =
        new MatrixLocation(
                Setting.PREFIX,
                settings.text(Setting.MATRIX).orElse(null),
                settings.text(Setting.REVISIONS).orElse(null))
            .load(
                ApplicationClasses.of(context),
                settings.duration(Setting.TIMEOUT).orElse(TimingSettings.DEFAULT.timeout()));
    if (matrix.isEmpty() && !settings.sayAnything() && !isStrictByVariable()) {
      return Optional.empty();
    }
    return Optional.of(guard(matrix.orElseThrow(GuardFactory::nothingBundled)));
  }

  private static boolean isStrictByVariable() {
    return EffectiveMode.of(Mode.WARN, null, EnvironmentVariables.OF_PROCESS).mode() == Mode.STRICT;
  }

  private SchemaGuard guard(CompatibilityMatrix matrix) {
    Optional<String> version = ApplicationVersion.find(settings, context);
    if (version.isEmpty()) {
      ApplicationVersion.logMissing(context);
    }
    Tool tool = settings.choice(Setting.TOOL, Tool.class).orElse(Tool.AUTO);
    SchemaGuardBuilder builder =
        SchemaGuard.builder(DataSourceLookup.find(settings, context))
            .matrix(matrix)
            .applicationVersion(version.orElse(null))
            .tool(tool)
            .history(
                new HistoryLocation(
                    settings.text(Setting.SCHEMA).orElse(null),
                    settings.text(Setting.TABLE).orElse(null),
                    settings.text(Setting.LOCK_TABLE).orElse(null)))
            .assumeNew(settings.flag(Setting.ASSUME_NEW, false))
            .quietOnEmbedded(true)
            .keepsRunning(OnRefusal.of(settings) == OnRefusal.SERVE_503)
            .accept(settings.text(Setting.ACCEPT).orElse(""));
    tenants().ifPresent(builder::tenants);
    settings.text(Setting.ENVIRONMENT).ifPresent(builder::environmentName);
    settings.text(Setting.APPLICATION_NAME).ifPresent(builder::applicationName);
    settings.choice(Setting.MODE, Mode.class).ifPresent(builder::mode);
    settings.choice(Setting.ON_UNREACHABLE, Mode.class).ifPresent(builder::onUnreachable);
    settings.choice(Setting.STRUCTURE, Mode.Structure.class).ifPresent(builder::structure);
    return Setting.NAMES.naming(() -> described(builder, tool)).build();
  }

  private Optional<Tenants> tenants() {
    return new TenantsSetting(
            Setting.NAMES,
            settings.text(Setting.SCHEMA).orElse(null),
            settings.list(Setting.SCHEMAS),
            settings.text(Setting.SCHEMAS_FROM).orElse(null))
        .tenants();
  }

  /** Applies the settings that the core checks. */
  private SchemaGuardBuilder described(SchemaGuardBuilder builder, Tool tool) {
    customTable(tool).ifPresent(builder::customTable);
    settings.duration(Setting.TIMEOUT).ifPresent(builder::timeout);
    settings.duration(Setting.WAIT_TIMEOUT).ifPresent(builder::waitTimeout);
    settings.duration(Setting.REFRESH_INTERVAL).ifPresent(builder::refreshInterval);
    return builder;
  }

  private Optional<CustomHistoryTable> customTable(Tool tool) {
    return CustomHistoryTable.configured(
        tool,
        settings.text(Setting.TABLE).orElse(null),
        settings.text(Setting.REVISION_COLUMN).orElse(null),
        settings.text(Setting.ORDER_COLUMN).orElse(null),
        settings.text(Setting.APPLIED_WHEN).orElse(null),
        settings.text(Setting.FAILED_WHEN).orElse(null),
        settings.text(Setting.ROWS_WHERE).orElse(null),
        settings.text(Setting.ROWS_HOLD).orElse(null));
  }

  private static ConfigurationException nothingBundled() {
    return new ConfigurationException(
        "WEB-INF/classes",
        "there is neither schema-guard/compatibility.md nor schema-guard/revisions.txt, in the"
            + " web application or in a jar of it",
        "Generate the chain: java -jar schema-guard-cli.jar init writes both files and the test that"
            + " keeps them fresh.");
  }
}
