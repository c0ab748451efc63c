// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.ConnectionFailure;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the thread that borrows a connection waits for inside this JVM, as far as stack traces show
 * it. Who holds a lock is known only to the module {@code java.management}, which may be absent.
 *
 * @param kind {@link ConnectionFailure.Kind#INITIALIZER} or {@link ConnectionFailure.Kind#LOCK}
 * @param reason what it waits for, in words
 */
record WaitingBorrower(ConnectionFailure.Kind kind, String reason) {

  private static final String INITIALIZER = "<clinit>";

  /** The suffix that the JVM adds to a class name for the class of a lambda. */
  private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda.*");

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * Returns what {@code borrower} waits for; null if it is not known to wait for a lock or a static
   * initializer.
   */
  static @Nullable WaitingBorrower of(Thread borrower) {
    StackTraceElement[] stack = borrower.getStackTrace();
    if (stack.length == 0) {
      return null;
    }
    if (borrower.getState() == Thread.State.BLOCKED) {
      return isStill(borrower, stack)
          ? new WaitingBorrower(ConnectionFailure.Kind.LOCK, place(stack[0]) + " waits for a lock")
          : null;
    }
    String initialized = initialized(Thread.currentThread().getStackTrace(), stack);
    return initialized != null && isStill(borrower, stack)
        ? new WaitingBorrower(
            ConnectionFailure.Kind.INITIALIZER,
            place(firstOfApplication(stack))
                + " waits for the static initializer of "
                + initialized
                + ", which waits for this check")
        : null;
  }

  /**
   * Returns the class whose static initializer calls the check: one that occurs in the borrower's
   * stack, else the one that calls it most directly; null if none does.
   */
  private static @Nullable String initialized(
      StackTraceElement[] caller, StackTraceElement[] borrower) {
    String nearest = null;
    for (StackTraceElement frame : caller) {
      if (frame.getMethodName().equals(INITIALIZER)) {
        String name = frame.getClassName();
        if (isIn(borrower, name)) {
          return name;
        }
        nearest = nearest == null ? name : nearest;
      }
    }
    return nearest;
  }

  private static boolean isIn(StackTraceElement[] stack, String className) {
    for (StackTraceElement frame : stack) {
      String name = frame.getClassName();
      if (name.equals(className) || name.startsWith(className + "$")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether a thread is blocked in Java code, and not only for a moment, as one that ends
   * may be. A thread that waits for a lock or for the initialization of a class is; one that
   * sleeps, parks or reads from the network is in a native method.
   */
  private static boolean isStill(Thread thread, StackTraceElement[] before) {
    if (before[0].isNativeMethod()) {
      return false;
    }
    LockSupport.parkNanos(LOOK_NANOS);
    return Arrays.equals(before, thread.getStackTrace());
  }

  /**
   * Returns the first frame outside the JDK, because the JDK's frames, such as those that link a
   * lambda, are of little use to a reader.
   */
  private static StackTraceElement firstOfApplication(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (!frame.getClassName().startsWith("java.") && !frame.getClassName().startsWith("jdk.")) {
        return frame;
      }
    }
    return stack[0];
  }

  private static String place(StackTraceElement frame) {
    return LAMBDA.matcher(frame.getClassName()).replaceAll("") + "." + frame.getMethodName();
  }
}
