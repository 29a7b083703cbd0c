"""Tables of cards: CSV and TSV, as spreadsheets, Quizlet and Anki write them."""
