package io.karst.commands.geo;

import io.karst.base.Bytes;
import io.karst.engine.SortedSetView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The members of a sorted set that are in an area. They are views, good until the transaction
/// ends.
final class Nearby {
  private static final Comparator<Found> BY_DISTANCE = Comparator.comparingDouble(Found::meters);

  /// How many members are looked at before it is asked whether these are enough.
  private static final int CHUNK = 256;

  private final Area area;
  private final long enough;
  private final List<Found> found = new ArrayList<>();

  /// How many members have been looked at, or are about to be.
  private long looked;

  private Nearby(Area area, long enough) {
    this.area = area;
    this.enough = enough;
  }

  /// - `meters`: from the centre of the area.
  record Found(Bytes member, double score, Place place, double meters) {}

  /// What a request asks for, in its order.
  static List<Found> of(SortedSetView set, Area area, SearchRequest request) {
    Nearby nearby = new Nearby(area, request.any() ? request.count() : Long.MAX_VALUE);
    for (Cell cell : Neighborhood.of(area)) {
      nearby.search(set, cell);
    }
    switch (request.order()) {
      case ASCENDING -> nearby.found.sort(BY_DISTANCE);
      case DESCENDING -> nearby.found.sort(BY_DISTANCE.reversed());
      case NONE -> {
        // As they were found.
      }
    }
    int count = (int) Math.min(request.count(), nearby.found.size());
    return nearby.found.subList(0, count);
  }

  private void search(SortedSetView set, Cell cell) {
    long rank = set.below(cell.firstScore(), false);
    long end = set.below(cell.endScore(), false);
    looked += Math.min(end - rank, enough);
    set.weigh(looked);
    while (rank < end && found.size() < enough) {
      set.range(rank, Math.min(CHUNK, end - rank), false, this::look);
      rank += CHUNK;
    }
  }

  private void look(Bytes member, double score) {
    Place place = Cell.ofScore(score).center();
    double meters = area.distance(place);
    if (!Double.isNaN(meters) && found.size() < enough) {
      found.add(new Found(member, score, place, meters));
    }
  }
}
