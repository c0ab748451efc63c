// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The revisions of a chain as a list that creates them on access, because an application keeps its
 * chain in memory as long as it runs.
 */
final class RevisionView extends AbstractList<Revision> implements RandomAccess {

  private final RevisionChain chain;

  RevisionView(RevisionChain chain) {
    this.chain = chain;
  }

  @Override
  public Revision get(int index) {
    return chain.revision(Objects.checkIndex(index, chain.size()));
  }

  @Override
  public int size() {
    return chain.size();
  }
}
