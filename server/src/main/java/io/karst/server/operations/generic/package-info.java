/// The commands on keys of any type that need more than the store.
@NullMarked
package io.karst.server.operations.generic;

import org.jspecify.annotations.NullMarked;
