// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import jakarta.servlet.ServletContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of a web application with its guard. */
final class Startup {

  /** The name of the ServletContext attribute that holds the guard. */
  static final String GUARD = SchemaGuard.class.getName();

  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

  private final ServletContext context;
  private final Settings settings;
  private final OnRefusal onRefusal;
  private final ContainerLog containerLog;

  Startup(ServletContext context) {
    this.context = context;
    this.settings = Settings.of(context);
    this.onRefusal = OnRefusal.of(settings);
    this.containerLog = ContainerLog.of(context);
  }

  /**
   * Creates the guard, maps the requested pages and filters, and enforces the schema.
   *
   * @return the guard to close when the web application ends; empty if there is none, or the
   *     application created it
   */
  Optional<SchemaGuard> run() {
    try {
      Registration.of(settings).apply(context);
      if (isOff()) {
        publish(Optional.empty());
        return Optional.empty();
      }
      Optional<SchemaGuard> given = given();
      Optional<SchemaGuard> made = given.isPresent() ? Optional.empty() : made();
      enforce(given.or(() -> made), made);
      return made;
    } catch (ConfigurationException e) {
      throw onRefusal.reject(e);
    }
  }

  private boolean isOff() {
    if (!settings.flag(Setting.ENABLED, true)) {
      info("Schema Guard is switched off by " + Setting.ENABLED.parameter());
      return true;
    }
    return SpringBootGuard.isIn(context);
  }

  private Optional<SchemaGuard> made() {
    Optional<SchemaGuard> made = new GuardFactory(settings, context).guard();
    if (made.isEmpty()) {
      info("Schema Guard is inactive: there is no matrix, no chain and no setting");
    }
    return made;
  }

  private void info(String text) {
    LOG.info(text);
    containerLog.write(text);
  }

  /**
   * Closes a guard that was created here if the context fails, because the context's listeners are
   * not called then.
   */
  private void enforce(Optional<SchemaGuard> guard, Optional<SchemaGuard> made) {
    try {
      enforce(guard, publish(guard));
    } catch (RuntimeException | Error e) {
      made.ifPresent(SchemaGuard::close);
      throw e;
    }
  }

  private void enforce(Optional<SchemaGuard> guard, ContextGuard published) {
    try {
      guard.map(SchemaGuard::enforce).ifPresent(containerLog::write);
    } catch (IncompatibleSchemaException e) {
      published.close();
      onRefusal.refuse(e, containerLog);
    }
    if (containerLog.isNeeded()) {
      guard.ifPresent(known -> known.addListener((before, now) -> containerLog.write(now)));
    }
  }

  private ContextGuard publish(Optional<SchemaGuard> guard) {
    ContextGuard published =
        new ContextGuard(
            guard.orElse(null),
            ApplicationVersion.find(settings, context).orElse(null),
            settings.flag(Setting.DETAILS, false),
            AccessLookup.find(settings, context));
    context.setAttribute(ContextGuard.ATTRIBUTE, published);
    guard.ifPresent(known -> context.setAttribute(GUARD, known));
    return published;
  }

  /**
   * Returns the guard that the application has created; it must not be described by settings as
   * well.
   */
  private Optional<SchemaGuard> given() {
    if (!(context.getAttribute(GUARD) instanceof SchemaGuard guard)) {
      return Optional.empty();
    }
    settings.values().keySet().stream()
        .filter(Setting::describesGuard)
        .findFirst()
        .ifPresent(
            setting -> {
              throw new ConfigurationException(
                  "context parameter " + setting.parameter(),
                  "the attribute " + GUARD + " holds a guard that is built already",
                  "Say it to the guard's builder, or do not build one.");
            });
    return Optional.of(guard);
  }
}
