// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.report.CompatibilityGrid;
import dev.schemaguard.status.MigrationStatus;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the listener leaves in a web application's context, for pages and filter. Thread-safe. */
final class ContextGuard {

  static final String ATTRIBUTE = ContextGuard.class.getName();

  private final @Nullable SchemaGuard guard;
  private final @Nullable String version;
  private final boolean details;
  private final Access access;
  private volatile boolean open = true;
  private volatile @Nullable CompatibilityGrid grid;

  /**
   * What pages and filter need to know.
   *
   * @param guard null where it is switched off, or there is nothing to guard
   * @param version that of the application; null if not known
   * @param details whether pages name host, user, URL, schema and the holder of a lock
   */
  ContextGuard(
      @Nullable SchemaGuard guard, @Nullable String version, boolean details, Access access) {
    this.guard = guard;
    this.version = version;
    this.details = details;
    this.access = access;
  }

  /** Whether the listener has been in this context. */
  static boolean isIn(ServletContext context) {
    return context.getAttribute(ATTRIBUTE) != null;
  }

  /** That of a context. */
  static ContextGuard of(ServletContext context) {
    if (context.getAttribute(ATTRIBUTE) instanceof ContextGuard found) {
      return found;
    }
    throw new ConfigurationException(
        "web application '" + context.getContextPath() + "'",
        "its pages and its filter have no guard",
        "Declare the listener " + SchemaGuardListener.class.getName() + " too.");
  }

  Optional<SchemaGuard> guard() {
    return Optional.ofNullable(guard);
  }

  Optional<String> version() {
    return Optional.ofNullable(version);
  }

  boolean details() {
    return details;
  }

  Access access() {
    return access;
  }

  /** Whether the application decides who may read, and so who may ask the database. */
  boolean isAccessDecided() {
    return access != AccessLookup.EVERYBODY;
  }

  /** The status as it may be shown. */
  MigrationStatus shown(MigrationStatus status) {
    MigrationStatus fitting = open ? status : status.withoutRestart();
    return details ? fitting : fitting.redacted();
  }

  /** Begins to keep requests out. */
  void close() {
    open = false;
  }

  /**
   * Whether requests may pass. Once the schema was compatible they may for good, as in an
   * application that started on it: what is wrong later is readiness' to say.
   */
  boolean isOpen() {
    if (!open && guard != null && guard.status().compatible()) {
      open = true;
    }
    return open;
  }

  /** The matrix drawn out; without rows where one of them, used or not, cannot be resolved. */
  CompatibilityGrid grid(SchemaGuard known) {
    CompatibilityGrid drawn = grid;
    if (drawn == null) {
      drawn = draw(known);
      grid = drawn;
    }
    return drawn;
  }

  private static CompatibilityGrid draw(SchemaGuard known) {
    try {
      return CompatibilityGrid.of(known.matrix());
    } catch (ConfigurationException e) {
      return new CompatibilityGrid(known.application().orElse(null), List.of(), List.of());
    }
  }
}
