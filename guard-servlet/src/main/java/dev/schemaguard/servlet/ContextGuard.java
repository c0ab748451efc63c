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

/**
 * The state that the listener puts into a web application's context for pages and filters.
 * Thread-safe.
 */
final class ContextGuard {

  static final String ATTRIBUTE = ContextGuard.class.getName();

  private final @Nullable SchemaGuard guard;
  private final @Nullable String version;
  private final boolean details;
  private final Access access;
  private volatile boolean open = true;
  private volatile @Nullable CompatibilityGrid grid;

  /**
   * Creates the state for pages and filters.
   *
   * @param guard null if it is switched off, or there is nothing to guard
   * @param version the version of the application; null if it is unknown
   * @param details whether pages show host, user, URL, schema and the holder of a lock
   */
  ContextGuard(
      @Nullable SchemaGuard guard, @Nullable String version, boolean details, Access access) {
    this.guard = guard;
    this.version = version;
    this.details = details;
    this.access = access;
  }

  /** Returns whether the listener has run in this context. */
  static boolean isIn(ServletContext context) {
    return context.getAttribute(ATTRIBUTE) != null;
  }

  /** Returns the state in a context. */
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

  /**
   * Returns whether the application decides who may read a page, and therefore who may query the
   * database.
   */
  boolean isAccessDecided() {
    return access != AccessLookup.EVERYBODY;
  }

  /** Returns the status as it may be shown. */
  MigrationStatus shown(MigrationStatus status) {
    MigrationStatus fitting = open ? status : status.withoutRestart();
    return details ? fitting : fitting.redacted();
  }

  /** Starts to refuse requests. */
  void close() {
    open = false;
  }

  /**
   * Returns whether requests may pass. Once the schema was compatible they pass permanently, as in
   * an application that started with it; later problems are reported by readiness.
   */
  boolean isOpen() {
    if (!open && guard != null && guard.status().compatible()) {
      open = true;
    }
    return open;
  }

  /**
   * Returns the grid of the matrix; without rows if any of them, used or not, cannot be resolved.
   */
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
