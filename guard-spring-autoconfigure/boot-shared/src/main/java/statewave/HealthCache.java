// SPDX-License-Identifier: Apache-2.0
package statewave;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table that the last migration makes; Hibernate validates it. */
@Entity
@Table(name = "health_cache")
public class HealthCache {

  @Id
  @Column(name = "subject_id", length = 36)
  private String subject;

  @Column(name = "health_state", length = 20)
  private String state;

  protected HealthCache() {}

  public String getSubject() {
    return subject;
  }

  public String getState() {
    return state;
  }
}
