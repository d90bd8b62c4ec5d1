package dev.vitrine.openapi;

/// Marks a bean that answers with whatever its test chose, so that entities in answers need not fit their schema.
public interface MadeUpEntities {}
