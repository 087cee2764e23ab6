/// Clusters of real processes to which everything happens that may happen to one, and whether they
/// keep their promises.
///
/// A [ClusterTorture] is rounds. In each, clients work on a few keys that all of them want, and
/// record what they see ([io.karst.bench.history]); others write many keys of their own, and keep a
/// ledger of what was acknowledged; others read from members that only follow. Meanwhile a [Fault]
/// comes over the cluster. Then everything is healed: the cluster has to take writes again, to have
/// all that it has acknowledged, and all members have to hold the same; what was seen has to be
/// linearizable.
///
/// Threads: one for the rounds, which also makes the faults; one a client while a round lasts.
@NullMarked
package io.karst.bench.faults;

import org.jspecify.annotations.NullMarked;
