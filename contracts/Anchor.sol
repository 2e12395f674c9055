// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

/// The notary of transparency logs: of each log the newest tree that one of its members has shown, and every earlier one as an
/// event. Nothing is verified here; what is anchored cannot be taken back, and that is all that is needed: a log that shows
/// somebody another tree of a size that stands here is caught by whoever compares the two.
contract Anchor is Ownable2Step {
    struct Tree {
        uint64 size;
        uint64 blockNumber;
        /// POSIX seconds of the block.
        uint64 time;
        bytes32 root;
    }

    /// A log is named by the Keccak-256 hash of its origin.
    mapping(bytes32 log => Tree) private _latest;
    mapping(bytes32 log => mapping(address who => bool)) public isMember;

    event Anchored(bytes32 indexed log, uint64 indexed size, bytes32 root);
    event MemberSet(bytes32 indexed log, string origin, address indexed member, bool may);

    error NotMember(bytes32 log, address who);
    error NotGrown(bytes32 log, uint64 size, uint64 given);

    constructor(address owner) Ownable(owner) {}

    /// Who may anchor the log of this origin.
    function setMember(string calldata origin, address member, bool may) external onlyOwner {
        bytes32 log = keccak256(bytes(origin));
        isMember[log][member] = may;
        emit MemberSet(log, origin, member, may);
    }

    /// Two slots are written, both of which have a value after the first time: hence some 37,000 gas.
    function anchor(bytes32 log, uint64 size, bytes32 root) external {
        if (!isMember[log][msg.sender]) revert NotMember(log, msg.sender);
        Tree storage latest_ = _latest[log];
        uint64 before = latest_.size;
        if (size <= before) revert NotGrown(log, before, size);
        latest_.size = size;
        latest_.blockNumber = uint64(block.number);
        latest_.time = uint64(block.timestamp);
        latest_.root = root;
        emit Anchored(log, size, root);
    }

    /// All zeros for a log that was never anchored.
    function latest(bytes32 log) external view returns (Tree memory) {
        return _latest[log];
    }
}
