package io.replyloop.retrieval;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Lower-cases and lightly stems English words, splits Chinese into single characters and bigrams, and folds full-width
 * forms. One analysis serves both languages, because customers mix them in one sentence. There are no stop words: "not"
 * and "don't" turn an answer into its opposite, and BM25 gives little weight to frequent words anyway.
 */
public final class ReplyAnalyzer extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
        StandardTokenizer words = new StandardTokenizer();
        TokenStream stream = new CJKWidthFilter(words);
        stream = new LowerCaseFilter(stream);
        stream = new EnglishPossessiveFilter(stream);
        stream = new KStemFilter(stream);
        stream = new CJKBigramFilter(
                stream, CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA, true);
        return new TokenStreamComponents(words, stream);
    }

    @Override
    protected TokenStream normalize(String field, TokenStream text) {
        return new LowerCaseFilter(new CJKWidthFilter(text));
    }
}
