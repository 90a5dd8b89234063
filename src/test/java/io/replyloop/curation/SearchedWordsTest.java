package io.replyloop.curation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchedWordsTest {
    @Test
    void every_word_counts_and_may_go_on() {
        assertThat(SearchedWords.query("Where's my parcel?")).contains("(Where:*) & (s:*) & (my:*) & (parcel:*)");
    }

    @Test
    void chinese_characters_are_looked_for_as_they_stand() {
        assertThat(SearchedWords.query("退货 v2.0")).contains("(退 <-> 货) & (v2:*) & (0:*)");
    }

    @Test
    void nothing_but_punctuation_searches_for_nothing() {
        assertThat(SearchedWords.query("'); drop -- :*&|!<->")).contains("(drop:*)");
        assertThat(SearchedWords.query("?! 😀")).isEmpty();
    }
}
