package dev.vicino.langchain4j;

import static dev.vicino.documents.MetadataConditions.compare;
import static dev.vicino.documents.MetadataConditions.equal;
import static dev.vicino.documents.MetadataConditions.in;
import static dev.vicino.documents.MetadataConditions.not;

import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.filter.comparison.ContainsString;
import dev.langchain4j.store.embedding.filter.comparison.IsEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsGreaterThan;
import dev.langchain4j.store.embedding.filter.comparison.IsGreaterThanOrEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsIn;
import dev.langchain4j.store.embedding.filter.comparison.IsLessThan;
import dev.langchain4j.store.embedding.filter.comparison.IsLessThanOrEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsNotEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsNotIn;
import dev.langchain4j.store.embedding.filter.logical.And;
import dev.langchain4j.store.embedding.filter.logical.Not;
import dev.langchain4j.store.embedding.filter.logical.Or;
import dev.vicino.documents.MetadataConditions;
import dev.vicino.documents.MetadataConditions.Comparison;
import dev.vicino.store.filter.Condition;

/** Filters of LangChain4j as filters of the store. */
final class Filters {
    private Filters() {}

    static dev.vicino.store.filter.Filter filter(Filter filter) {
        return MetadataConditions.filter(condition(filter));
    }

    private static Condition condition(Filter filter) {
        return switch (filter) {
            case IsEqualTo is -> equal(is.key(), is.comparisonValue());
            case IsNotEqualTo is -> not(equal(is.key(), is.comparisonValue()));
            case IsGreaterThan is -> compare(is.key(), Comparison.GREATER, is.comparisonValue());
            case IsGreaterThanOrEqualTo is -> compare(is.key(), Comparison.AT_LEAST, is.comparisonValue());
            case IsLessThan is -> compare(is.key(), Comparison.LESS, is.comparisonValue());
            case IsLessThanOrEqualTo is -> compare(is.key(), Comparison.AT_MOST, is.comparisonValue());
            case IsIn is -> in(is.key(), is.comparisonValues());
            case IsNotIn is -> not(in(is.key(), is.comparisonValues()));
            case ContainsString contains -> MetadataConditions.contains(contains.key(), contains.comparisonValue());
            case And and -> dev.vicino.store.filter.Filter.must(condition(and.left()), condition(and.right()));
            case Or or -> dev.vicino.store.filter.Filter.should(condition(or.left()), condition(or.right()));
            case Not not -> not(condition(not.expression()));
            default ->
                throw new UnsupportedOperationException("filter of class "
                        + filter.getClass().getName()
                        + ", expected one of the comparisons or logical filters of LangChain4j");
        };
    }
}
