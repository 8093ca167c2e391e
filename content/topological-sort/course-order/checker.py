def check(input, expected, actual) -> bool:
    if not expected:
        return actual == []
    count = input["count"]
    if not isinstance(actual, list) or len(actual) != count:
        return False
    if any(type(course) is not int for course in actual):
        return False
    if sorted(actual) != list(range(count)):
        return False
    position = {course: i for i, course in enumerate(actual)}
    return all(
        position[before] < position[course]
        for course, before in input["prerequisites"]
    )
