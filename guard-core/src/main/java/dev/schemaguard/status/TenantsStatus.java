// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of all tenants of a guard. Immutable.
 *
 * @param count how many were assessed
 * @param incompatible how many of them the application must not run on
 * @param byVerdict how many there are of each verdict that occurs, in the order of the verdicts
 * @param worst the tenants that are not simply up to date, the worst first
 */
public record TenantsStatus(
    int count, int incompatible, Map<Verdict, Integer> byVerdict, List<TenantStatus> worst) {

  /** Copies the map and the list. */
  public TenantsStatus {
    Map<Verdict, Integer> ordered = new EnumMap<>(Verdict.class);
    ordered.putAll(byVerdict);
    byVerdict = Collections.unmodifiableMap(ordered);
    worst = List.copyOf(worst);
  }

  /** Returns whether the state of at least one tenant is known. */
  public boolean isAnyKnown() {
    return byVerdict.keySet().stream().anyMatch(Verdict::isKnown);
  }

  /** Returns whether the application may run on at least one tenant. */
  public boolean isAnyCompatible() {
    return incompatible < count;
  }

  /**
   * Returns whether as many tenants have each verdict, except that tenants that are up to date are
   * not counted.
   */
  boolean hasVerdictsOf(TenantsStatus other) {
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.UP_TO_DATE
          && !byVerdict.getOrDefault(verdict, 0).equals(other.byVerdict.getOrDefault(verdict, 0))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns how many tenants there are of each verdict, the worst first: {@code 2 BEHIND, 1998
   * UP_TO_DATE}.
   */
  public String counts() {
    List<String> counts = new ArrayList<>();
    byVerdict.forEach((verdict, number) -> counts.add(number + " " + verdict));
    return String.join(", ", counts);
  }

  /**
   * Returns the status of an application that creates its tenants itself and has none yet. It is
   * not compatible, because no tenant can be served, but it is not a reason to refuse the start.
   *
   * @param status the status of a database without a history
   */
  public static MigrationStatus noneYet(
      MigrationStatus status, Instant checkedAt, Duration duration) {
    Problem problem = status.problem();
    Problem noTenant =
        new Problem(
            "GUARD-UNINITIALIZED",
            "There is no tenant yet",
            problem == null ? null : problem.database(),
            null,
            problem == null ? null : problem.expected(),
            "no tenant has a schema or a database yet",
            List.of(
                "create the first tenant; this application migrates its tenants itself",
                "if there are tenants, correct the settings or the query that name them"));
    return new TenantsStatus(0, 0, Map.of(), List.of())
        .basedOn(status)
        .error(null)
        .summary("There is no tenant yet")
        .problem(noTenant)
        .checked(checkedAt, duration)
        .build();
  }

  /** Returns whether there are no tenants at all. */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Returns the status of all tenants: that of the worst one, with the counts and the others added.
   *
   * @param worstStatus the status of the first of {@link #worst}, or of any tenant if that list is
   *     empty
   */
  public MigrationStatus over(MigrationStatus worstStatus, Instant checkedAt, Duration duration) {
    MigrationStatus.Builder status = basedOn(worstStatus).checked(checkedAt, duration);
    if (count == 0) {
      return status.build();
    }
    String tenant = worst.isEmpty() ? null : worst.get(0).tenant();
    Problem problem = worstStatus.problem();
    String error = worstStatus.error();
    return status
        .error(error == null ? null : ErrorText.of(in(tenant) + ": " + error))
        .summary(summary(tenant, worstStatus))
        .problem(problem == null ? null : problem.because(place(tenant) + ": " + problem.why()))
        .build();
  }

  private MigrationStatus.Builder basedOn(MigrationStatus worstStatus) {
    return worstStatus.toBuilder().survivable(isAnyCompatible()).tenants(this);
  }

  private String summary(@Nullable String tenant, MigrationStatus worstStatus) {
    if (incompatible > 0) {
      return headline() + " (" + counts() + "); " + in(tenant) + ": " + worstStatus.summary();
    }
    return isUpToDate() ? headline() : headline() + " (" + counts() + ")";
  }

  /** Returns the result for all tenants in a few words, for readers who see the counts as well. */
  public String headline() {
    if (incompatible > 0) {
      return incompatible
          + " of "
          + tenants()
          + (incompatible == 1 ? " is" : " are")
          + " not compatible";
    }
    return (isUpToDate() ? "Schema is up to date for " : "Schema is compatible for ") + tenants();
  }

  /** Returns whether all tenants are up to date. */
  public boolean isUpToDate() {
    return byVerdict.keySet().equals(Collections.singleton(Verdict.UP_TO_DATE));
  }

  private String tenants() {
    return count + (count == 1 ? " tenant" : " tenants");
  }

  private String place(@Nullable String tenant) {
    return incompatible < 2
        ? "in " + in(tenant)
        : "in " + in(tenant) + ", the worst of " + incompatible + " among " + tenants();
  }

  private static String in(@Nullable String tenant) {
    return tenant == null ? "a tenant" : tenant;
  }

  /**
   * Returns the same status without the names of the tenants, and without anything that reveals the
   * location.
   */
  TenantsStatus redacted() {
    return new TenantsStatus(
        count, incompatible, byVerdict, worst.stream().map(TenantStatus::redacted).toList());
  }
}
