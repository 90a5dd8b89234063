package io.replyloop.lab.recipe;

import java.util.function.Predicate;

/**
 * Dialogues split into one fold per teacher. Each teacher is trained on the other folds and labels its own, so that no
 * pick is labelled by a teacher that was trained on it (cross-fitting).
 */
record Folds(int count) {
    /** The fold of a dialogue, from 0. */
    int of(String dialogue) {
        return Math.floorMod(dialogue.hashCode(), count);
    }

    Predicate<String> only(int fold) {
        return dialogue -> of(dialogue) == fold;
    }

    Predicate<String> allBut(int fold) {
        return only(fold).negate();
    }
}
