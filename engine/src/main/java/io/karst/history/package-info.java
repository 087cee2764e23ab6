/// The history: what changed, as [Effect]s in the order of execution, and the [Log] they go to.
@NullMarked
package io.karst.history;

import org.jspecify.annotations.NullMarked;
