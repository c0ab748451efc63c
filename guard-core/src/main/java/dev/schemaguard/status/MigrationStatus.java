// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import dev.schemaguard.text.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "may this version of the application run on this database, now?", with its
 * evidence. Immutable; lists are never null. Unprintable characters in names and texts are escaped,
 * see {@link VisibleText}. Revisions are shown by the names of the chain, in its order. Those that
 * are not in the chain follow them, as recorded.
 *
 * @param verdict the conclusion
 * @param compatible whether the application may run
 * @param survivable whether an instance that already runs can continue, even if no new one can
 *     start: true if compatible, AHEAD_UNKNOWN or DRIFTED, and if everything that failed is beyond
 *     what this version expects and needs
 * @param currentRevision the database's current revision; null if no revision is applied or it is
 *     unknown
 * @param expectedHead the revision that this version was built for; null if unknown
 * @param pendingRevisions the revisions that are expected and not applied
 * @param error what is wrong, at most 300 characters and without credentials; non-null exactly if
 *     the verdict is FAILED or the state of the database could not be determined
 * @param summary one sentence for people
 * @param application the application's name, or null
 * @param appVersion the version that was assessed, or null
 * @param matrixRow the label of the row that was used, or null
 * @param minCompatibleRevision the oldest revision that this version runs on, or null
 * @param maxCompatibleRevision the newest revision that it is known to run on, {@code any}, or null
 * @param aheadRevisions the revisions that are applied beyond the expected one
 * @param failedRevisions the revisions that are recorded as failed
 * @param database the database that was queried and the user of the connection, {@code
 *     app@pg3:5432/orders}, without credentials; null if the connection does not report it, or if
 *     each tenant has its own database
 * @param tool the migration tool whose history was read, or null
 * @param migrationLock the lock that was seen held, or null
 * @param problem why it is not compatible and what to do, or null if it is compatible
 * @param notes further information for readers
 * @param stale set if this result is older than it should be because a refresh failed
 * @param checkedAt when the database was queried
 * @param duration how long that took
 * @param tenants all tenants, if the guard has several: then every other component describes the
 *     worst tenant, and {@code survivable} states whether the application may run on any tenant;
 *     else null
 * @param structure what the comparison of the schema with the schema file found; null if there is
 *     no schema file, or if nothing was compared because of the verdict or of a setting
 */
public record MigrationStatus(
    Verdict verdict,
    boolean compatible,
    boolean survivable,
    @Nullable String currentRevision,
    @Nullable String expectedHead,
    List<String> pendingRevisions,
    @Nullable String error,
    String summary,
    @Nullable String application,
    @Nullable String appVersion,
    @Nullable String matrixRow,
    @Nullable String minCompatibleRevision,
    @Nullable String maxCompatibleRevision,
    List<String> aheadRevisions,
    List<String> failedRevisions,
    @Nullable String database,
    @Nullable String tool,
    @Nullable MigrationLock migrationLock,
    @Nullable Problem problem,
    List<String> notes,
    @Nullable Stale stale,
    Instant checkedAt,
    Duration duration,
    @Nullable TenantsStatus tenants,
    @Nullable Structure structure) {

  /**
   * What the comparison of the schema with the schema file found. Immutable.
   *
   * @param result the result
   * @param missing the tables, views, columns and keys that this version needs and that do not
   *     exist
   * @param changed the columns that this version cannot use as they are, each with the difference
   * @param newlyRequired the columns that every INSERT now has to name
   */
  public record Structure(
      Result result, List<String> missing, List<String> changed, List<String> newlyRequired) {

    /** The result of a comparison. */
    public enum Result {
      /** The schema has everything that this version needs. */
      INTACT,
      /** The schema lacks something. */
      BROKEN,
      /** It is unknown; the notes of the status say why. */
      NOT_COMPARABLE
    }

    /** Copies the lists, and makes every text {@linkplain VisibleText visible}. */
    public Structure {
      missing = VisibleText.all(missing);
      changed = VisibleText.all(changed);
      newlyRequired = VisibleText.all(newlyRequired);
    }

    /** Returns a result without names. */
    public static Structure of(Result result) {
      return new Structure(result, List.of(), List.of(), List.of());
    }

    /** Returns whether schema and schema file were compared. */
    public boolean compared() {
      return result != Result.NOT_COMPARABLE;
    }

    /** Returns the differences on one line, the first five of each kind; empty if intact. */
    public String text() {
      return StructureText.of(this);
    }
  }

  /**
   * The reason why a result is old.
   *
   * @param since when refreshes started to fail
   * @param error the error of the latest refresh, at most 300 characters and without credentials
   */
  public record Stale(Instant since, String error) {
    /** Shortens the error. */
    public Stale {
      error = ErrorText.of(error);
    }
  }

  /** Copies the lists, and makes every text {@linkplain VisibleText visible}. */
  public MigrationStatus {
    currentRevision = VisibleText.ofNullable(currentRevision);
    expectedHead = VisibleText.ofNullable(expectedHead);
    pendingRevisions = VisibleText.all(pendingRevisions);
    error = VisibleText.ofNullable(error);
    summary = VisibleText.of(summary);
    application = VisibleText.ofNullable(application);
    appVersion = VisibleText.ofNullable(appVersion);
    database = VisibleText.ofNullable(database);
    matrixRow = VisibleText.ofNullable(matrixRow);
    minCompatibleRevision = VisibleText.ofNullable(minCompatibleRevision);
    maxCompatibleRevision = VisibleText.ofNullable(maxCompatibleRevision);
    aheadRevisions = VisibleText.all(aheadRevisions);
    failedRevisions = VisibleText.all(failedRevisions);
    notes = VisibleText.all(notes);
  }

  /**
   * Builds a status. What is not set is null, false or empty, and was checked at the epoch.
   *
   * @see MigrationStatus#builder
   */
  public static final class Builder extends StatusBuilder {

    private Builder(Verdict verdict) {
      super(verdict);
    }

    private Builder(MigrationStatus status) {
      super(status);
    }

    @Override
    Builder self() {
      return this;
    }
  }

  /** Returns a builder of a status with this verdict. */
  public static Builder builder(Verdict verdict) {
    return new Builder(Objects.requireNonNull(verdict, "verdict"));
  }

  /** Returns a builder that starts with the values of this status. */
  Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Returns a status with this verdict and no other content of interest. It is for unit tests of
   * code that takes a guard: a mock of the guard can return it. It is compatible if a guard's
   * status with this verdict always is, and has a problem and an error if that status has them.
   *
   * @param verdict the verdict; not null
   */
  public static MigrationStatus of(Verdict verdict) {
    boolean compatible = verdict.exitCode() == 0;
    String code =
        verdict == Verdict.UNREADABLE
            ? "GUARD-UNREADABLE-QUERY"
            : "GUARD-" + verdict.name().replace('_', '-');
    Problem problem =
        new Problem(code, code, null, null, null, code, List.of("see the page of " + code));
    boolean conclusive = verdict.isKnown() && verdict != Verdict.FAILED;
    return builder(verdict)
        .compatible(compatible)
        .survivable(compatible || verdict == Verdict.AHEAD_UNKNOWN || verdict == Verdict.DRIFTED)
        .error(conclusive ? null : code)
        .summary(conclusive ? code : "ERROR: " + code)
        .problem(compatible ? null : problem)
        .build();
  }

  /** Returns the same status with one more note. */
  public MigrationStatus withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return toBuilder().notes(more).build();
  }

  /**
   * Returns the same status, confirmed by a later check that found no change, except perhaps of the
   * lock.
   */
  public MigrationStatus confirmed(@Nullable MigrationLock lock, Instant at, Duration took) {
    return toBuilder().migrationLock(lock).stale(null).checked(at, took).build();
  }

  /** Returns the same status with the name of the database, unless it already has one. */
  public MigrationStatus inDatabase(@Nullable String name) {
    return database != null || name == null ? this : toBuilder().database(name).build();
  }

  /** Returns the same status with advice for an application that keeps running in the meantime. */
  public MigrationStatus withoutRestart() {
    return problem == null ? this : toBuilder().problem(problem.withoutRestart()).build();
  }

  /**
   * Returns the same status with the reason why it is older than it should be; null clears the
   * reason.
   */
  public MigrationStatus stale(@Nullable Stale reason) {
    return toBuilder().stale(reason).build();
  }

  /**
   * Returns the same status in a form that is safe to publish: without host, user, URL, schema and
   * the holder of a lock, and without any sentence in which a driver, a setting or a path may name
   * one of them. Texts that consist of names of revisions and versions only are kept, and so are
   * verdict, code and title.
   */
  public MigrationStatus redacted() {
    return new RedactedStatus(this).status();
  }

  /**
   * Returns whether the verdict is the same and, if there are several tenants, as many have each
   * verdict.
   */
  public boolean hasVerdictOf(MigrationStatus other) {
    return verdict == other.verdict()
        && (tenants == null || other.tenants == null || tenants.hasVerdictsOf(other.tenants));
  }

  /** Returns 0 if compatible, else the fixed exit code of the verdict. */
  public int exitCode() {
    return compatible ? 0 : verdict.exitCode();
  }

  /**
   * Returns the status as JSON: seven keys and {@code detail}, always all of them, in a fixed
   * order.
   */
  public String toJson() {
    return json().toString();
  }

  /**
   * Returns the status as a JSON object, to which more keys can be added after those of the status.
   */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    writeTo(json, Integer.MAX_VALUE);
    return json;
  }

  /**
   * Adds the keys of the status to an object that contains several statuses.
   *
   * @param longest the maximum number of names in a list; of longer lists only so many names are
   *     written, and how many more there are
   */
  public void writeTo(JsonObject json, int longest) {
    StatusJson.write(this, json, longest);
  }
}
