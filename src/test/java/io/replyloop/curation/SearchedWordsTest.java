package io.replyloop.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SearchedWordsTest {
    @Test
    void every_word_counts_and_may_go_on() {
        assertThat(SearchedWords.of("Where's my parcel?"))
                .contains(new SearchedWords("(Where:*) & (s:*) & (my:*) & (parcel:*)", List.of()));
    }

    @Test
    void chinese_characters_are_looked_for_as_they_stand() {
        assertThat(SearchedWords.of("退货 v2.0 包"))
                .contains(new SearchedWords("(v2:*) & (0:*) & 退 & 货 & 包", List.of("退货")));
    }

    @Test
    void nothing_but_punctuation_searches_for_nothing() {
        assertThat(SearchedWords.of("'); drop -- :*&|!<->")).contains(new SearchedWords("(drop:*)", List.of()));
        assertThat(SearchedWords.of("?! 😀")).isEmpty();
    }
}
